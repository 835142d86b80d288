import { useState } from "react";
import { Segmented } from "../../ui/segmented.js";
import { TextButton } from "../../ui/text-button.js";
import styles from "./class-list.module.css";

export type SplitWay = "grains" | "k-means" | "gate";

export interface SplitChoice {
  readonly by: SplitWay;
  readonly parts: number;
  /** `Fe_Ka > 12`; of a gate alone. */
  readonly expression: string;
}

const splitChoices: readonly { readonly value: SplitWay; readonly label: string }[] = [
  { value: "grains", label: "Grains" },
  { value: "k-means", label: "Like pixels" },
  { value: "gate", label: "Rule" },
];

const splitMeanings: Readonly<Record<SplitWay, string>> = {
  grains: "Every connected piece becomes a class; the largest keeps the name.",
  "k-means": "Pixels are put into groups by their place in the latent space; the largest keeps the name.",
  gate: "Pixels for which the rule holds become a class of their own. Counts of the element maps, for example Fe_Ka > 12 and Si_Ka < 3.",
};

/** What a form of parting offers: first a look at the parts on the map, then to keep or to discard them. */
export interface Previewed {
  /** Whether the parts are shown. */
  readonly previewed: boolean;
  /** Why nothing can be edited now. */
  readonly refusal: string | undefined;
  onKeep(): void;
  onDiscard(): void;
}

interface SplitProps extends Previewed {
  readonly name: string;
  /** Whether pixels have places to be put into groups by. */
  readonly canGroup: boolean;
  onPreview(choice: SplitChoice): void;
}

/** How a class is split: into connected grains, into groups of like pixels, or by a rule. */
export function SplitForm({ name, canGroup, onPreview, ...preview }: SplitProps) {
  const [choice, setChoice] = useState<SplitChoice>({ by: "grains", parts: 2, expression: "" });
  const { by, parts, expression } = choice;
  const change = (next: Partial<SplitChoice>): void => {
    setChoice({ ...choice, ...next });
    if (preview.previewed) onPreview({ ...choice, ...next });
  };
  const isIncomplete = by === "gate" && expression.trim() === "";
  return (
    <div className={styles["form"]}>
      <strong>Split “{name}”</strong>
      <Segmented
        label="Split into"
        value={by}
        choices={canGroup ? splitChoices : splitChoices.filter(({ value }) => value !== "k-means")}
        onChange={(value) => setChoice({ ...choice, by: value })}
      />
      {by === "k-means" && <PartsField label="Number of parts" parts={parts} onParts={(next) => change({ parts: next })} />}
      {by === "gate" && (
        <label>
          Rule
          <input
            type="text"
            value={expression}
            placeholder="Fe_Ka > 12"
            spellCheck={false}
            maxLength={2000}
            onChange={(event) => setChoice({ ...choice, expression: event.currentTarget.value })}
          />
        </label>
      )}
      <p>{splitMeanings[by]}</p>
      <PreviewButtons
        {...preview}
        unavailable={isIncomplete ? "Write a rule first." : undefined}
        onPreview={() => onPreview({ ...choice, expression: expression.trim() })}
      />
    </div>
  );
}

interface ReclusterProps extends Previewed {
  readonly name: string;
  onPreview(parts: number): void;
}

/** Re-clusters the pixels of one class alone. */
export function ReclusterForm({ name, onPreview, ...preview }: ReclusterProps) {
  const [parts, setParts] = useState(2);
  const change = (next: number): void => {
    setParts(next);
    if (preview.previewed) onPreview(next);
  };
  return (
    <div className={styles["form"]}>
      <strong>Re-cluster inside “{name}”</strong>
      <PartsField label="Number of classes" parts={parts} onParts={change} />
      <p>A Gaussian mixture over its pixels alone; the largest keeps the name. One undo takes it back.</p>
      <PreviewButtons {...preview} unavailable={undefined} onPreview={() => onPreview(parts)} />
    </div>
  );
}

function PreviewButtons({
  previewed,
  refusal,
  unavailable,
  onPreview,
  onKeep,
  onDiscard,
}: Previewed & { readonly unavailable: string | undefined; onPreview(): void }) {
  return (
    <div className={styles["preview"]}>
      {previewed ? (
        <>
          <TextButton look="primary" onClick={onKeep}>
            Keep
          </TextButton>
          <TextButton unavailable={refusal} onClick={onDiscard}>
            Discard
          </TextButton>
        </>
      ) : (
        <TextButton look="primary" unavailable={unavailable ?? refusal} onClick={onPreview}>
          Show on the map
        </TextButton>
      )}
    </div>
  );
}

interface NoteProps {
  readonly name: string;
  readonly note: string;
  readonly refusal: string | undefined;
  onNote(note: string): void;
}

/** A free text about a class; it goes into the report. */
export function NoteForm({ name, note, refusal, onNote }: NoteProps) {
  const [text, setText] = useState(note);
  return (
    <div className={styles["form"]}>
      <label>
        Note on “{name}”, for the report
        <textarea rows={4} maxLength={10_000} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      </label>
      <TextButton look="primary" unavailable={refusal} onClick={() => onNote(text)}>
        Keep
      </TextButton>
    </div>
  );
}

const MOST_PARTS = 20;

function PartsField({ label, parts, onParts }: { readonly label: string; readonly parts: number; onParts(parts: number): void }) {
  return (
    <label>
      {label}
      <input
        type="number"
        min={2}
        max={MOST_PARTS}
        value={parts}
        onChange={(event) => {
          const next = event.currentTarget.valueAsNumber;
          if (Number.isInteger(next)) onParts(Math.min(MOST_PARTS, Math.max(2, next)));
        }}
      />
    </label>
  );
}
