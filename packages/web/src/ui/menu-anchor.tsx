import { type ComponentProps, cloneElement, type ReactElement } from "react";

/** What a button says of the menu or the panel that it opens. */
export interface OpensMenu {
  readonly popup: "menu" | "dialog";
  readonly expanded: boolean;
  readonly controls: string | undefined;
}

interface Props extends ComponentProps<"span"> {
  readonly children: ReactElement<{ readonly opens?: OpensMenu | undefined }>;
}

/** The place of a menu or a panel, for `Menu.Target` and `Popover.Target`: what assistive technology is told of it stands on the button inside, not on this. */
export function MenuAnchor({
  "aria-haspopup": popup,
  "aria-expanded": expanded,
  "aria-controls": controls,
  children,
  ...rest
}: Props) {
  const opens: OpensMenu = { popup: popup === "dialog" ? "dialog" : "menu", expanded: expanded === true, controls };
  return <span {...rest}>{cloneElement(children, { opens })}</span>;
}
