import { formatFixed } from "@sigma-eds/core";
import { IconEye, IconEyeOff, IconLock, IconLockOpen2, IconNote } from "@tabler/icons-react";
import type { KeyboardEvent, MouseEvent } from "react";
import type { ClassColumn } from "./class-columns.js";
import styles from "./class-list.module.css";
import type { ClassRow } from "./class-rows.js";
import { ColourButton } from "./colour-button.js";
import { RenameField } from "./rename-field.js";

export interface RowActs {
  onChoose(id: number, event: MouseEvent | KeyboardEvent): void;
  onHover(id: number | undefined): void;
  onRename(id: number, name: string): void;
  onRecolour(id: number, colour: string): void;
  onFarColour(id: number): void;
  onSpreadColours(): void;
  onLock(id: number, locked: boolean): void;
  onHide(id: number): void;
  startRename(id: number | undefined): void;
}

interface Props extends RowActs {
  readonly row: ClassRow;
  readonly columns: readonly ClassColumn[];
  readonly chosen: boolean;
  readonly hidden: boolean;
  /** What stands in the name field already; undefined: no field is open. */
  readonly renaming: string | undefined;
  readonly focusable: boolean;
  readonly index: number;
  /** Colours that other classes have. */
  readonly taken: readonly string[];
}

/** One class: number, swatch, name, area with its interval, share of the selection, lock and eye. */
export function ClassRowView(props: Props) {
  const { row, columns, chosen, hidden, renaming, focusable, index, taken } = props;
  const { id, number, label, nested, name, locked, doubtful } = row;
  return (
    <tr
      className={styles["row"]}
      aria-rowindex={index + 2}
      aria-selected={chosen}
      data-class={id}
      data-hidden={hidden}
      data-nested={nested}
      tabIndex={focusable ? 0 : -1}
      onClick={(event) => props.onChoose(id, event)}
      onKeyDown={(event) => event.target === event.currentTarget && event.key === " " && props.onChoose(id, event)}
      onDoubleClick={() => props.startRename(id)}
      onMouseEnter={() => props.onHover(id)}
      onMouseLeave={() => props.onHover(undefined)}
    >
      <td className={styles["number"]} title={number <= 9 ? `Key ${number}` : undefined}>
        {label}
      </td>
      <td>
        <ColourButton
          row={row}
          taken={taken}
          onRecolour={(colour) => props.onRecolour(id, colour)}
          onFarColour={() => props.onFarColour(id)}
          onSpreadColours={props.onSpreadColours}
        />
      </td>
      <th scope="row" className={styles["name"]}>
        {renaming !== undefined ? (
          <RenameField
            name={name}
            typed={renaming}
            onDone={(next) => {
              props.startRename(undefined);
              if (next !== undefined && next !== name) props.onRename(id, next);
            }}
          />
        ) : (
          <span title={name}>{name}</span>
        )}
        {doubtful !== undefined && (
          <i
            className={styles["doubt"]}
            role="img"
            aria-label={`In doubt: median membership ${formatFixed(doubtful, 2)}`}
            title={`In doubt: median membership ${formatFixed(doubtful, 2)}`}
          />
        )}
        {row.note !== "" && <IconNote size={13} stroke={1.6} role="img" aria-label="has a note" title={row.note} />}
      </th>
      {columns.map(({ id: column, faint, title, text }) => (
        <td key={column} className={styles[faint ? "interval" : "value"]} title={title}>
          {text(row)}
        </td>
      ))}
      <td>
        <RowSwitch
          on={locked}
          name={`${locked ? "Unlock" : "Lock"} ${name}`}
          quiet={!locked}
          onSwitch={() => props.onLock(id, !locked)}
        >
          {locked ? <IconLock size={15} stroke={1.6} aria-hidden /> : <IconLockOpen2 size={15} stroke={1.6} aria-hidden />}
        </RowSwitch>
      </td>
      <td>
        <RowSwitch on={!hidden} name={`${hidden ? "Show" : "Hide"} ${name}`} quiet={false} onSwitch={() => props.onHide(id)}>
          {hidden ? <IconEyeOff size={15} stroke={1.6} aria-hidden /> : <IconEye size={15} stroke={1.6} aria-hidden />}
        </RowSwitch>
      </td>
    </tr>
  );
}

interface SwitchProps {
  readonly on: boolean;
  readonly name: string;
  readonly quiet: boolean;
  readonly children: React.ReactNode;
  onSwitch(): void;
}

function RowSwitch({ on, name, quiet, children, onSwitch }: SwitchProps) {
  return (
    <button
      type="button"
      className={styles["icon"]}
      aria-label={name}
      aria-pressed={on}
      data-quiet={quiet}
      tabIndex={-1}
      title={name}
      onClick={(event) => {
        event.stopPropagation();
        onSwitch();
      }}
    >
      {children}
    </button>
  );
}
