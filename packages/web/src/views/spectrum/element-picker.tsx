import { IconX } from "@tabler/icons-react";
import { type ComponentProps, type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { ElementTable } from "../../ui/element-table.js";
import { IconAction } from "../../ui/icon-action.js";
import { placeBeside } from "../../ui/place-beside.js";
import styles from "./element-picker.module.css";

interface Props extends Omit<ComponentProps<typeof ElementTable>, "compact" | "children"> {
  onClose(): void;
}

/** The periodic table beside the spectrum, whole however low that is. The focus goes back where it was. */
export function ElementPicker({ onClose, ...table }: Props) {
  const within = useRef<HTMLSpanElement>(null);
  const card = useRef<HTMLElement>(null);
  const place = usePlaceBeside(within, card);
  useFocusGivenBack();
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    onClose();
  };
  return (
    <span ref={within}>
      {createPortal(
        <section
          ref={card}
          role="dialog"
          className={styles["picker"]}
          style={place ?? { visibility: "hidden" }}
          aria-label="Elements"
          onKeyDown={onKey}
        >
          <ElementTable {...table}>
            <IconAction icon={IconX} label="Close" keys="Escape" onClick={onClose} />
          </ElementTable>
        </section>,
        document.body,
      )}
    </span>
  );
}

/** Beside the view that `within` stands in. */
function usePlaceBeside(within: RefObject<HTMLElement | null>, card: RefObject<HTMLElement | null>) {
  const [place, setPlace] = useState<{ readonly left: number; readonly top: number }>();
  useLayoutEffect(() => {
    const put = (): void => {
      const frame = within.current?.closest("section");
      if (frame == null || card.current === null) return;
      const { offsetWidth: width, offsetHeight: height } = card.current;
      setPlace(placeBeside(frame.getBoundingClientRect(), { width, height }, { width: innerWidth, height: innerHeight }));
    };
    put();
    window.addEventListener("resize", put);
    return () => window.removeEventListener("resize", put);
  }, [within, card]);
  return place;
}

function useFocusGivenBack(): void {
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      const isLost = document.activeElement === document.body;
      if (isLost && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
}
