import { type ComponentProps, cloneElement, type ReactElement } from "react";

/** What a button says of the menu that it opens. */
export interface OpensMenu {
  readonly expanded: boolean;
  readonly controls: string | undefined;
}

interface Props extends ComponentProps<"span"> {
  readonly children: ReactElement<{ readonly opens?: OpensMenu | undefined }>;
}

/** The place of a menu, for `Menu.Target`: what assistive technology is told of the menu stands on the button inside, not on this. */
export function MenuAnchor({
  "aria-haspopup": _,
  "aria-expanded": expanded,
  "aria-controls": controls,
  children,
  ...rest
}: Props) {
  return <span {...rest}>{cloneElement(children, { opens: { expanded: expanded === true, controls } })}</span>;
}
