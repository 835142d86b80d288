import { Popover } from "@mantine/core";
import { classColours, colourPattern } from "@sigma-eds/core";
import { useState } from "react";
import { ClassSwatch } from "../../ui/class-swatch.js";
import { TextButton } from "../../ui/text-button.js";
import styles from "./class-list.module.css";
import type { ClassRow } from "./class-rows.js";

interface Props {
  readonly row: ClassRow;
  readonly taken: readonly string[];
  onRecolour(colour: string): void;
  onFarColour(): void;
  onSpreadColours(): void;
}

const OFFERED = 24;

/** The swatch of a class; a click offers the palette, colours of other classes crossed out of the reading order, a colour of one's own, and colours by who touches whom. */
export function ColourButton({ row, taken, onRecolour, onFarColour, onSpreadColours }: Props) {
  const [open, setOpen] = useState(false);
  const choose = (colour: string): void => {
    setOpen(false);
    if (colour !== row.colour) onRecolour(colour);
  };
  const closing = (act: () => void) => () => {
    setOpen(false);
    act();
  };
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" withinPortal trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className={styles["swatch"]}
          aria-label={`Colour of ${row.name}`}
          aria-haspopup="dialog"
          aria-expanded={open}
          tabIndex={-1}
          data-colour-button
          onClick={(event) => {
            event.stopPropagation();
            setOpen(!open);
          }}
        >
          <ClassSwatch colour={row.colour} pattern={row.pattern} />
        </button>
      </Popover.Target>
      <Popover.Dropdown onClick={(event) => event.stopPropagation()} onKeyDown={(event) => event.stopPropagation()}>
        <div className={styles["palette"]}>
          {classColours.slice(0, OFFERED).map((colour, i) => (
            <button
              key={colour}
              type="button"
              aria-label={`Colour ${i + 1}${taken.includes(colour) ? ", of another class" : ""}`}
              aria-pressed={colour === row.colour}
              style={{ opacity: taken.includes(colour) ? 0.35 : 1 }}
              onClick={() => choose(colour)}
            >
              <ClassSwatch colour={colour} pattern={colourPattern(colour)} />
            </button>
          ))}
        </div>
        <label style={{ display: "flex", gap: 8, alignItems: "center", marginTop: 8, fontSize: 12.5 }}>
          Own colour
          <input type="color" defaultValue={row.colour} onBlur={(event) => choose(event.currentTarget.value)} />
        </label>
        <div className={styles["paletteActs"]}>
          <TextButton offered={false} onClick={closing(onFarColour)}>
            Far from its neighbours
          </TextButton>
          <TextButton offered={false} onClick={closing(onSpreadColours)}>
            Spread colours again
          </TextButton>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
