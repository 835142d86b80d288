import { type ClassIdentity, countOf, formatCount, formatFixed, type IdentifiedPixels } from "@sigma-eds/core";
import { useEffect, useState } from "react";
import type { Linked, Subject } from "../../session/linked.js";
import { useIdentified } from "../../session/use-identified.js";
import { useSharedValue } from "../../session/use-shared-value.js";
import type { ViewSession } from "../../session/view-session.js";
import { ClassSwatch } from "../../ui/class-swatch.js";
import { decimalsOf } from "../../ui/decimals-of.js";
import { EmptyState } from "../../ui/empty-state.js";
import { withLineWords } from "../../ui/line-words.js";
import { Disclosure } from "../../ui/panel/disclosure.js";
import { Meter } from "../../ui/panel/meter.js";
import panel from "../../ui/panel/panel.module.css";
import { PanelSection } from "../../ui/panel/panel-section.js";
import { Segmented } from "../../ui/segmented.js";
import { TextButton } from "../../ui/text-button.js";
import { ElementEvidence } from "./element-evidence.js";
import { artefactText, countsText, type ElementRow, elementRows, rangeAround, sureness } from "./element-rows.js";
import { elementTable } from "./element-table.js";
import styles from "./identification-panel.module.css";

const SOURCE = "identification";

const subjects: readonly { readonly value: Subject; readonly label: string }[] = [
  { value: "class", label: "Class" },
  { value: "all", label: "Sum" },
  { value: "selection", label: "Selection" },
];

/** Which elements are here, and why: significance, families, lines, overlaps, and peaks that are no element's. */
export function IdentificationPanel({ session }: { readonly session: ViewSession }) {
  const { analysis, linked } = session;
  const subject = useSharedValue(linked.subject).value;
  const { active } = useSharedValue(linked.visibleClasses).value;
  const asked = useIdentified(session);
  if (analysis === undefined || analysis.classes.length === 0)
    return <EmptyState sentence="No classes yet. Find phases first, then see what each consists of." />;
  const phase = analysis.classes.find(({ id }) => id === active) ?? analysis.classes[0]!;
  const known = subject === "class" ? analysis.identities?.find(({ id }) => id === phase.id) : undefined;
  const isOfSubject = asked.answer !== undefined && !asked.waiting;
  const identity = isOfSubject ? asked.answer?.identity : (known ?? asked.answer?.identity);
  return (
    <div className={panel["panel"]}>
      <div className={panel["row"]}>
        <Segmented
          label="Elements of"
          value={subject}
          choices={subjects}
          onChange={(value) => linked.subject.set(value, SOURCE)}
        />
        {subject === "class" && (
          <span className={panel["named"]}>
            <ClassSwatch colour={phase.colour} />
            <span>{phase.name}</span>
          </span>
        )}
      </div>
      {asked.failure !== undefined && <p className={panel["sentence"]}>{asked.failure}</p>}
      {asked.subject === undefined && <EmptyState sentence="Nothing selected. Drag on the map or press 1 to 9." />}
      {asked.subject !== undefined && identity === undefined && asked.failure === undefined && (
        <p className={panel["hint"]} role="status">
          Fitting the spectrum…
        </p>
      )}
      {asked.subject !== undefined && identity !== undefined && (
        <div className={asked.waiting && known === undefined ? styles["waiting"] : undefined}>
          <Found session={session} identity={identity} answer={isOfSubject ? asked.answer : undefined} />
        </div>
      )}
    </div>
  );
}

interface FoundProps {
  readonly session: ViewSession;
  readonly identity: ClassIdentity;
  readonly answer: IdentifiedPixels | undefined;
}

function Found({ session, identity, answer }: FoundProps) {
  const rows = elementRows(identity, answer?.families);
  const { linked } = session;
  return (
    <div className={panel["panel"]}>
      <p className={panel["hint"]}>{factsOf(identity)}</p>
      {rows.length === 0 ? (
        <p className={panel["sentence"]}>{withLineWords(identity.sentence)}</p>
      ) : (
        <PanelSection
          title="Elements"
          aside="wt %, ± 95 %, counting and model"
          tables={[{ id: "elements", title: "Elements and their lines", make: () => elementTable(rows) }]}
        >
          <Elements session={session} rows={rows} />
        </PanelSection>
      )}
      {answer !== undefined && answer.artefacts.length > 0 && (
        <PanelSection title="Sum and escape peaks †" aside="no element's">
          <ul className={styles["list"]}>
            {answer.artefacts.map((peak) => (
              <li key={artefactText(peak)}>
                <button
                  type="button"
                  className={panel["link"]}
                  onPointerEnter={() => linked.hover.set({ kind: "channel", kev: peak.energyKev }, SOURCE, false)}
                  onPointerLeave={() => linked.hover.set({ kind: "nothing" }, SOURCE, false)}
                  onClick={() => linked.energyRange.set(rangeAround([peak.energyKev]), SOURCE)}
                >
                  {artefactText(peak)}
                </button>
                <span className={panel["quiet"]}>{countsText(peak.counts, peak.sigma)}</span>
              </li>
            ))}
          </ul>
        </PanelSection>
      )}
      {identity.rejectedElements.length > 0 && <Rejected rejected={identity.rejectedElements} />}
      <div className={panel["row"]}>
        <TextButton onClick={() => session.actions.openView("fit")}>Show the fit</TextButton>
        <TextButton look="plain" onClick={() => linked.energyRange.set(undefined, SOURCE)}>
          Whole spectrum
        </TextButton>
      </div>
    </div>
  );
}

function Elements({ session: { linked }, rows }: { readonly session: ViewSession; readonly rows: readonly ElementRow[] }) {
  const [open, setOpen] = useState<string>();
  useWholeAfterwards(linked);
  const look = (line: string | undefined): void =>
    linked.hover.set(line === undefined ? { kind: "nothing" } : { kind: "line", line }, SOURCE, false);
  return (
    <ul>
      {rows.map((row) => (
        <li key={row.element}>
          <Disclosure
            open={open === row.element}
            onOpen={(opened) => {
              setOpen(opened ? row.element : undefined);
              const energies = row.families[0]?.lines.map(({ energyKev }) => energyKev) ?? [];
              linked.energyRange.set(opened ? rangeAround(energies) : undefined, SOURCE);
            }}
            onLook={(looking) => look(looking ? row.mainLine : undefined)}
            summary={<ElementSummary row={row} />}
          >
            <ElementEvidence row={row} onLine={(line) => look(line ?? row.mainLine)} />
          </Disclosure>
        </li>
      ))}
    </ul>
  );
}

/** Spectra show everything again when the panel is left. */
function useWholeAfterwards({ energyRange }: Linked): void {
  useEffect(
    () => () => {
      const { value, source } = energyRange.current;
      if (value !== undefined && source === SOURCE) energyRange.set(undefined, SOURCE);
    },
    [energyRange],
  );
}

function ElementSummary({ row: { element, significance, from, mass } }: { readonly row: ElementRow }) {
  return (
    <span className={styles["element"]}>
      <strong>{element}</strong>
      <Meter share={sureness(significance)} />
      <span className={styles["sigma"]}>{formatFixed(significance, 0)} σ</span>
      {from === "sample" ? (
        <span className={styles["mass"]}>
          {mass === undefined ? "–" : formatFixed(mass.percent, decimalsOf(mass.half95))}{" "}
          {mass !== undefined && <small>± {formatFixed(mass.half95, decimalsOf(mass.half95))}</small>}
        </span>
      ) : (
        <span className={styles["mass"]}>
          <span className={panel["tag"]}>{from === "film" ? "film" : "instrument"}</span>
        </span>
      )}
    </span>
  );
}

function Rejected({ rejected }: { readonly rejected: ClassIdentity["rejectedElements"] }) {
  const [open, setOpen] = useState(false);
  return (
    <Disclosure
      open={open}
      onOpen={setOpen}
      summary={`Looked for and not found: ${rejected.map(({ element }) => element).join(", ")}`}
    >
      <ul className={styles["list"]}>
        {rejected.map(({ element, reason }) => (
          <li key={element}>
            <span>
              <strong>{element}</strong> {reason}
            </span>
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}

function factsOf({ pixels, counts, pure, reducedChiSquare }: ClassIdentity): string {
  const which = pure ? "pure pixels only" : "all of its pixels";
  const fit = reducedChiSquare === undefined ? "" : `; the fit leaves a reduced χ² of ${formatFixed(reducedChiSquare, 2)}`;
  return `${countOf(pixels, "pixel")}, ${formatCount(counts)} counts (${which})${fit}.`;
}
