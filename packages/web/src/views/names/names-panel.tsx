import type { EditInput } from "@sigma-eds/core";
import { lineText } from "@sigma-eds/core";
import { useState } from "react";
import { classPattern } from "../../session/derived/class-pattern.js";
import { shownWarning } from "../../session/derived/warnings.js";
import { addStep } from "../../session/recipe-acts.js";
import { colourAsMinerals, mineralRefusal } from "../../session/recolour-all.js";
import { editRefusal, runRefusal } from "../../session/refusals.js";
import { useSharedValue } from "../../session/use-shared-value.js";
import type { ViewSession } from "../../session/view-session.js";
import { ClassSwatch } from "../../ui/class-swatch.js";
import { EmptyState } from "../../ui/empty-state.js";
import { Disclosure } from "../../ui/panel/disclosure.js";
import panel from "../../ui/panel/panel.module.css";
import { PanelSection } from "../../ui/panel/panel-section.js";
import { TextButton } from "../../ui/text-button.js";
import { CandidateView } from "./candidate-view.js";
import { freeName, type NameRow, nameRows } from "./name-rows.js";
import { candidateTable, verdictTable } from "./name-tables.js";
import styles from "./names-panel.module.css";
import { OwnLibraryForm } from "./own-library-form.js";

const SOURCE = "names";

/** What each class may be called, with the lines that decide; sets, mixtures and "no match" as they are. */
export function NamesPanel({ session }: { readonly session: ViewSession }) {
  const { analysis, linked, actions, recipe } = session;
  const { active } = useSharedValue(linked.visibleClasses).value;
  const [ownOpen, setOwnOpen] = useState(false);
  if (analysis === undefined || analysis.classes.length === 0)
    return <EmptyState sentence="No classes yet. Find phases first." />;
  const rows = nameRows(analysis);
  const isPending = analysis.pending?.includes("identify") === true;
  const refusal = refusalOf(session);
  const accept = (wanted: readonly { readonly id: number; readonly name: string }[]): void =>
    void actions.edit(renames(rows, wanted), wanted.length === 1 ? undefined : `Named ${wanted.length} classes`);
  const standing = rows.filter(({ verdict, accepted }) => verdict === "one" && !accepted);
  const open = (id: number | undefined): void =>
    linked.visibleClasses.set({ ...linked.visibleClasses.current.value, active: id }, SOURCE);
  if (analysis.identities === undefined && !isPending)
    return <NotIdentified session={session} isInRecipe={recipe.steps.some(({ step }) => step === "identify")} />;
  return (
    <div className={panel["panel"]}>
      {isPending && (
        <p className={panel["hint"]} role="status">
          Names of changed classes are being found…
        </p>
      )}
      <div className={panel["row"]}>
        {standing.length > 0 && (
          <TextButton
            look="primary"
            unavailable={refusal}
            onClick={() => accept(standing.map(({ id, accepts }) => ({ id, name: accepts[0]! })))}
          >
            {standing.length === 1 ? "Accept the name that stands out" : `Accept ${standing.length} names that stand out`}
          </TextButton>
        )}
        <TextButton unavailable={mineralRefusal(session)} offered={false} onClick={() => void colourAsMinerals(session.now())}>
          Mineral colours
        </TextButton>
      </div>
      <PanelSection
        title="Classes and their names"
        aside="share of the evidence"
        tables={[
          { id: "names", title: "Names", make: () => verdictTable(rows, analysis.identities) },
          { id: "candidates", title: "Candidates and lines", make: () => candidateTable(rows) },
        ]}
      >
        <ul>
          {rows.map((row, i) => (
            <li key={row.id}>
              <Disclosure
                open={row.id === (active ?? rows[0]!.id)}
                onOpen={(opened) => open(opened ? row.id : undefined)}
                onLook={(looking) =>
                  linked.hover.set(looking ? { kind: "class", id: row.id } : { kind: "nothing" }, SOURCE, false)
                }
                summary={<ClassSummary row={row} pattern={classPattern(row.colour, i, session.patternsForAll)} />}
              >
                <ClassNames session={session} row={row} refusal={refusal} onAccept={(name) => accept([{ id: row.id, name }])} />
              </Disclosure>
            </li>
          ))}
        </ul>
      </PanelSection>
      <Disclosure open={ownOpen} onOpen={setOwnOpen} summary="Phases of your own">
        <OwnLibraryForm session={session} />
      </Disclosure>
    </div>
  );
}

interface SummaryProps {
  readonly row: NameRow;
  readonly pattern: string;
}

function ClassSummary({ row: { className, colour, tag, verdict, accepted }, pattern }: SummaryProps) {
  return (
    <span className={styles["classRow"]}>
      <ClassSwatch colour={colour} pattern={pattern} />
      <span className={styles["className"]}>{className}</span>
      <span className={panel["tag"]} data-tone={verdict === "none" || verdict === "mixture" ? "warn" : undefined}>
        {accepted ? "accepted" : tag}
      </span>
    </span>
  );
}

interface ClassNamesProps {
  readonly session: ViewSession;
  readonly row: NameRow;
  readonly refusal: string | undefined;
  onAccept(name: string): void;
}

function ClassNames({ session: { linked }, row, refusal, onAccept }: ClassNamesProps) {
  const look = (line: string | undefined): void =>
    linked.hover.set(line === undefined ? { kind: "nothing" } : { kind: "line", line }, SOURCE, false);
  const candidate = { unavailable: refusal, onAccept, onLine: look };
  return (
    <div className={styles["detail"]}>
      <p className={panel["sentence"]}>{row.sentence}</p>
      {row.composition !== "" && (
        <p className={panel["hint"]}>
          {row.composition} wt %, ± 95 % of counting and model, which Amounts tells apart; by atoms, oxides or as a formula there.
        </p>
      )}
      {row.deciding.length > 0 && (
        <div className={styles["chips"]}>
          {row.deciding.map((line) => (
            <button
              key={line}
              type="button"
              className={styles["chip"]}
              onPointerEnter={() => look(line)}
              onPointerLeave={() => look(undefined)}
              onFocus={() => look(line)}
              onBlur={() => look(undefined)}
              onClick={() => linked.colouring.set({ ...linked.colouring.current.value, by: { kind: "line", line } }, SOURCE)}
            >
              {lineText(line)}
            </button>
          ))}
          <span className={panel["hint"]}>{row.deciding.length === 1 ? "decides" : "decide"}; click for a map</span>
        </div>
      )}
      {row.shown.length > 0 && (
        <div>
          {row.shown.map((one) => (
            <CandidateView
              key={one.key}
              candidate={one}
              shareOf={row.verdict === "mixture" ? "mass" : "evidence"}
              {...candidate}
            />
          ))}
        </div>
      )}
      {row.accepts.length > 0 && !row.accepted && (
        <div className={panel["row"]}>
          {row.accepts.map((name, i) => (
            <TextButton key={name} look={i === 0 ? "primary" : "outline"} unavailable={refusal} onClick={() => onAccept(name)}>
              Accept “{name}”
            </TextButton>
          ))}
        </div>
      )}
      {row.rejected.length > 0 && (
        <div>
          <p className={panel["hint"]}>Fit worse:</p>
          {row.rejected.map((one) => (
            <CandidateView key={one.key} candidate={one} shareOf="evidence" {...candidate} />
          ))}
        </div>
      )}
    </div>
  );
}

function NotIdentified({ session, isInRecipe }: { readonly session: ViewSession; readonly isInRecipe: boolean }) {
  const { analysis, actions } = session;
  const reason = analysis?.warnings.find((warning) => warning.startsWith("Phases are not named"));
  const shown = reason === undefined ? undefined : shownWarning(reason, actions);
  return (
    <EmptyState sentence={shown?.sentence ?? "No names yet."}>
      {shown?.act !== undefined && <TextButton onClick={shown.act.run}>{shown.act.label}</TextButton>}
      {!isInRecipe && (
        <TextButton
          unavailable={runRefusal(session)}
          onClick={() => {
            const refusal = addStep(session, { step: "identify" });
            if (refusal === undefined) void actions.findPhases();
            else actions.say(refusal.sentence);
          }}
        >
          Identify all classes
        </TextButton>
      )}
    </EmptyState>
  );
}

/** Renames, each to a name that no other class has then. */
function renames(rows: readonly NameRow[], wanted: readonly { readonly id: number; readonly name: string }[]): EditInput[] {
  const taken = new Map(rows.map(({ id, className }) => [id, className]));
  return wanted.map(({ id, name }) => {
    taken.delete(id);
    const free = freeName(name, [...taken.values()]);
    taken.set(id, free);
    return { step: "edit", action: "rename", id, name: free };
  });
}

/** Names are free or taken by what is shown: they wait for no other edit. */
function refusalOf(session: ViewSession): string | undefined {
  return session.activity.kind === "editing" ? "Wait for the edit that is being made." : editRefusal(session);
}
