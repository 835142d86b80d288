import { Popover } from "@mantine/core";
import { type EditInput, unassignedColour } from "@sigma-eds/core";
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { chooseClasses, classesMeant } from "../../session/class-choice.js";
import type { ClassAsk } from "../../session/linked.js";
import { editRefusal } from "../../session/refusals.js";
import { selectRegion } from "../../session/selection/selecting.js";
import { useSharedValue } from "../../session/use-shared-value.js";
import type { ViewSession } from "../../session/view-session.js";
import { ClassSwatch } from "../../ui/class-swatch.js";
import { EmptyState } from "../../ui/empty-state.js";
import { useContextMenu } from "../../ui/menu/context-menu.js";
import { TextButton } from "../../ui/text-button.js";
import { type ClassColumn, columnsShown, gridColumns } from "./class-columns.js";
import { ClassColumnsMenu } from "./class-columns-menu.js";
import { NoteForm, ReclusterForm, SplitForm } from "./class-forms.js";
import styles from "./class-list.module.css";
import { classMenu } from "./class-menu.js";
import { ClassRowView } from "./class-row.js";
import { type ClassOrder, classRows, idsBetween, sortedRows, unassignedRow } from "./class-rows.js";
import { partsPreview } from "./parts-preview.js";
import { sameClassVerdict } from "./same-class.js";
import { type ClassForm, splitEdit, useClassActs } from "./use-class-acts.js";
import { useKeptFocus } from "./use-kept-focus.js";

/** The classes: who they are, how much of the map, how sure, and everything that is done with them. */
export function ClassList({ session }: { readonly session: ViewSession }) {
  const { linked, analysis, actions, patternsForAll } = session;
  const selection = useSharedValue(linked.selection).value;
  const visible = useSharedValue(linked.visibleClasses).value;
  const [order, setOrder] = useState<ClassOrder>("number");
  const chosen = useSharedValue(linked.chosenClasses).value;
  const asked = useSharedValue(linked.classAsk).value;
  const [form, setForm] = useState<ClassForm>();
  const [previewed, setPreviewed] = useState(false);
  const [parts] = useState(() => partsPreview(session, setPreviewed));
  const grid = useRef<HTMLTableElement>(null);
  const rows = useMemo(
    () => (analysis === undefined ? [] : sortedRows(classRows(analysis, selection, patternsForAll), order)),
    [analysis, selection, patternsForAll, order],
  );
  const keptFocus = useKeptFocus(grid, rows);
  const { active } = visible;
  const present = useMemo(() => chosen.filter((id) => rows.some((row) => row.id === id)), [chosen, rows]);
  const ids = analysis === undefined ? [] : classesMeant(analysis, chosen, active);
  const openForm = (next: ClassForm | undefined): void => {
    void parts.keep();
    setForm(next);
  };
  const refusal = editRefusal(session);
  const startRename = (id: number | undefined): void => {
    if (id !== undefined && refusal !== undefined) actions.say(refusal);
    else linked.classAsk.set(id === undefined ? undefined : { act: "rename", id }, "classes");
  };
  const acts = useClassActs(session, rows, ids, { startRename, openForm });
  useAskedForm(session, openForm);
  const rowMenu = useContextMenu((target) => {
    const id = target.closest<HTMLElement>("[data-class]")?.dataset["class"];
    return id === undefined ? [] : classMenu(session.now(), Number(id));
  });
  const preview = {
    previewed,
    refusal,
    onKeep: () => openForm(undefined),
    onDiscard: () => {
      setForm(undefined);
      void parts.discard();
    },
  };
  const look = (editOf: (id: number) => EditInput): void => void (ids[0] !== undefined && parts.look(editOf(ids[0])));
  const verdict = useMemo(
    () => (analysis !== undefined && present.length === 2 ? sameClassVerdict(analysis, present[0]!, present[1]!) : undefined),
    [analysis, present],
  );
  if (analysis === undefined || rows.length === 0) {
    return (
      <EmptyState sentence={session.image === undefined ? "No classes yet. Open a file first." : "No classes yet."}>
        {session.image !== undefined && <TextButton onClick={() => void actions.findPhases()}>Find phases</TextButton>}
      </EmptyState>
    );
  }

  const choose = (id: number, event: MouseEvent | KeyboardEvent): void => {
    const next = event.shiftKey ? idsBetween(rows, ids.at(-1), id) : event.ctrlKey || event.metaKey ? toggled(present, id) : [id];
    chooseClasses(session, next, "classes");
  };
  const focusRow = (index: number): void => {
    grid.current?.querySelectorAll<HTMLElement>("[data-class]")[Math.min(rows.length - 1, Math.max(0, index))]?.focus();
  };
  const onKey = (event: KeyboardEvent): void => {
    const now = rows.findIndex(({ id }) => String(id) === (event.target as HTMLElement).dataset["class"]);
    if (now < 0) return;
    const to = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (to !== undefined) focusRow(to);
    else if (!acts.key(event, rows[now]!.id)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const focusable = Math.max(
    0,
    rows.findIndex(({ id }) => id === active),
  );
  const hidden = visible.hidden.size;
  const columns = columnsShown(session.classColumns, selection.count > 0);
  return (
    <div className={styles["panel"]}>
      <div className={styles["columns"]}>
        <ClassColumnsMenu session={session} />
      </div>
      <table
        ref={grid}
        className={styles["grid"]}
        style={{ "--columns": gridColumns(columns) } as CSSProperties}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is what the role of a table with chosen rows is
        role="grid"
        aria-label="Classes"
        aria-multiselectable
        aria-rowcount={rows.length + 2}
        onContextMenu={rowMenu.area.onContextMenu}
        onKeyDown={(event) => {
          rowMenu.area.onKeyDown(event);
          if (!event.defaultPrevented) onKey(event);
        }}
        {...keptFocus}
      >
        <Head columns={columns} order={order} onOrder={setOrder} />
        <tbody>
          {rows.map((row, i) => (
            <ClassRowView
              key={row.id}
              row={row}
              columns={columns}
              index={i}
              chosen={ids.includes(row.id)}
              hidden={visible.hidden.has(row.id)}
              renaming={typedFor(asked, row.id)}
              focusable={i === focusable}
              taken={rows.filter(({ id }) => id !== row.id).map(({ colour }) => colour)}
              onChoose={choose}
              onHover={(id) => linked.hover.set(id === undefined ? { kind: "nothing" } : { kind: "class", id }, "classes", false)}
              startRename={startRename}
              {...acts.row}
            />
          ))}
          <Unassigned session={session} columns={columns} />
        </tbody>
      </table>
      <div className={styles["actions"]}>
        <TextButton
          keys="J"
          unavailable={ids.length < 2 ? "Choose two or more classes, with Ctrl or Shift." : refusal}
          onClick={acts.merge}
        >
          Merge
        </TextButton>
        <FormButton
          name="Split"
          keys="K"
          open={form === "split"}
          refusal={refusal}
          onOpen={(open) => openForm(open ? "split" : undefined)}
          unavailable={oneOnly(ids)}
        >
          <SplitForm
            name={nameOf(rows, ids)}
            canGroup={analysis.latent !== undefined}
            onPreview={(choice) => look((id) => splitEdit(id, choice))}
            {...preview}
          />
        </FormButton>
        <FormButton
          name="Re-cluster inside"
          keys="C"
          open={form === "recluster"}
          refusal={refusal}
          onOpen={(open) => openForm(open ? "recluster" : undefined)}
          unavailable={
            oneOnly(ids) ??
            (analysis.latent === undefined && analysis.features === undefined
              ? "There is no latent space to cluster in."
              : undefined)
          }
        >
          <ReclusterForm
            name={nameOf(rows, ids)}
            onPreview={(nClusters) => look((id) => ({ step: "edit", action: "recluster", id, nClusters }))}
            {...preview}
          />
        </FormButton>
        <FormButton
          name="Note"
          keys="Enter"
          open={form === "note"}
          refusal={refusal}
          onOpen={(open) => openForm(open ? "note" : undefined)}
          unavailable={oneOnly(ids)}
        >
          <NoteForm
            key={ids[0]}
            name={nameOf(rows, ids)}
            note={rows.find(({ id }) => id === ids[0])?.note ?? ""}
            refusal={refusal}
            onNote={acts.note}
          />
        </FormButton>
        <p>
          {rows.length === 1 ? "1 class" : `${rows.length} classes`}
          {hidden > 0 && `, ${hidden} hidden`}
        </p>
      </div>
      {rowMenu.menu}
      {verdict !== undefined && (
        <p className={styles["verdict"]} role="status">
          {verdict.sentence}
        </p>
      )}
    </div>
  );
}

/** Opens the form that was asked for from elsewhere; at once, where it was asked for before the list was there. */
function useAskedForm({ linked }: ViewSession, openForm: (form: ClassForm) => void): void {
  const asked = useSharedValue(linked.classAsk).value;
  const latest = useRef(openForm);
  latest.current = openForm;
  useEffect(() => {
    if (asked?.act !== "split" && asked?.act !== "recluster" && asked?.act !== "note") return;
    latest.current(asked.act);
    linked.classAsk.set(undefined, "classes");
  }, [linked, asked]);
}

function typedFor(asked: ClassAsk | undefined, id: number): string | undefined {
  return asked?.act === "rename" && asked.id === id ? (asked.typed ?? "") : undefined;
}

function toggled(ids: readonly number[], id: number): readonly number[] {
  return ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id];
}

function oneOnly(ids: readonly number[]): string | undefined {
  return ids.length === 1 ? undefined : "Choose one class.";
}

function nameOf(rows: ReturnType<typeof classRows>, ids: readonly number[]): string {
  return rows.find(({ id }) => id === ids[0])?.name ?? "";
}

interface FormButtonProps {
  readonly name: string;
  readonly keys: string;
  readonly open: boolean;
  readonly unavailable: string | undefined;
  /** Why nothing can be edited now; a form that is open stays. */
  readonly refusal: string | undefined;
  readonly children: ReactNode;
  onOpen(open: boolean): void;
}

function FormButton({ name, keys, open, unavailable, refusal, children, onOpen }: FormButtonProps) {
  return (
    <Popover
      opened={open && unavailable === undefined}
      onChange={onOpen}
      position="bottom-start"
      withinPortal
      withRoles={false}
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <div>
          <TextButton keys={keys} unavailable={unavailable ?? refusal} onClick={() => onOpen(!open)}>
            {name}
          </TextButton>
        </div>
      </Popover.Target>
      <Popover.Dropdown>{children}</Popover.Dropdown>
    </Popover>
  );
}

interface HeadProps {
  readonly columns: readonly ClassColumn[];
  readonly order: ClassOrder;
  onOrder(order: ClassOrder): void;
}

interface HeadCell {
  readonly head: string;
  readonly label: string;
  readonly order: ClassOrder | undefined;
  readonly width?: number;
}

const firstCells: readonly HeadCell[] = [
  { order: "number", head: "#", label: "Number" },
  { order: undefined, head: "", label: "Colour" },
  { order: "name", head: "Class", label: "Class" },
];
const lastCells: readonly HeadCell[] = [
  { order: undefined, head: "", label: "Lock" },
  { order: undefined, head: "", label: "Visible" },
];

function Head({ columns, order, onOrder }: HeadProps) {
  const cells = [...firstCells, ...columns, ...lastCells];
  return (
    <thead>
      <tr className={styles["head"]} aria-rowindex={1}>
        {cells.map(({ order: by, head, label, width }) => (
          <th
            key={label}
            scope="col"
            aria-label={label}
            aria-sort={by === undefined ? undefined : by === order ? (by === "area" ? "descending" : "ascending") : "none"}
            style={{ textAlign: width === undefined ? "left" : "right", whiteSpace: "nowrap" }}
          >
            {by === undefined ? (
              head
            ) : (
              <button type="button" tabIndex={-1} title={`Sort by ${label.toLowerCase()}`} onClick={() => onOrder(by)}>
                {head}
              </button>
            )}
          </th>
        ))}
      </tr>
    </thead>
  );
}

interface UnassignedProps {
  readonly session: ViewSession;
  readonly columns: readonly ClassColumn[];
}

/** Pixels of no class: they are selected by a press, as those of a class are, and nothing else is done with them. */
function Unassigned({ session, columns }: UnassignedProps) {
  const { analysis, linked } = session;
  const selection = useSharedValue(linked.selection).value;
  const row = useMemo(() => (analysis === undefined ? undefined : unassignedRow(analysis, selection)), [analysis, selection]);
  if (row === undefined || row.pixels === 0) return null;
  const select = (): void => {
    const mask = Uint8Array.from(analysis?.labels ?? [], (label) => (label < 0 ? 1 : 0));
    selectRegion(session, { mask, made: "Unassigned" }, linked.mode.current.value, "classes");
  };
  return (
    <tr className={`${styles["row"]} ${styles["unassigned"]}`} onClick={select}>
      <td />
      <td style={{ display: "grid", placeItems: "center" }}>
        <ClassSwatch colour={unassignedColour} pattern="hatch" />
      </td>
      <th scope="row">
        <button type="button" className={styles["word"]}>
          Unassigned
        </button>
      </th>
      {columns.map(({ id, unassigned }) => (
        <td key={id} className={styles["value"]}>
          {unassigned(row)}
        </td>
      ))}
      <td />
      <td />
    </tr>
  );
}
