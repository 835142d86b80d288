import type { CanvasHTMLAttributes, RefObject } from "react";
import type { MenuGroups } from "../../session/menu-entry.js";
import { useViewEntries } from "../header/view-menu.js";
import type { PlaneTool } from "./attach-tools.js";
import styles from "./tool-plane.module.css";

interface Props extends Pick<CanvasHTMLAttributes<HTMLCanvasElement>, "onKeyDown" | "onKeyUp" | "onBlur"> {
  /** On which pointer and selection are drawn, and which takes the tools. */
  readonly above: RefObject<HTMLCanvasElement | null>;
  /** On which the outline that is being made is drawn. */
  readonly draft: RefObject<HTMLCanvasElement | null>;
  readonly tool: PlaneTool;
  /** `map` */
  readonly kind: string;
  /** What is shown, in a sentence. */
  readonly label: string;
  /** What the menu of the view holds for the place beneath the pointer or the keyboard's cursor, and for the selection. */
  menu(): MenuGroups;
  /** Everything in sight. */
  fit(): void;
}

/** The canvases of a plane on which the tools of the belt work: a picture that is walked through with the arrow keys, with the menu of its view under the right button. */
export function PlaneCanvas({ above, draft, tool, kind, label, menu, fit, ...keys }: Props) {
  useViewEntries(() => [...menu(), [{ label: "Fit", keys: "0", run: fit }]]);
  return (
    <>
      {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: a picture that is walked through with the arrow keys has no element of its own */}
      <canvas
        {...keys}
        ref={above}
        className={styles["above"]}
        data-tool={tool}
        role="application"
        aria-roledescription={kind}
        aria-label={label}
        tabIndex={0}
      />
      <canvas ref={draft} className={styles["draft"]} aria-hidden />
    </>
  );
}
