import { useState } from "react";
import { Segmented } from "../../ui/segmented.js";
import { TextButton } from "../../ui/text-button.js";
import styles from "./class-list.module.css";

export interface SplitChoice {
  readonly by: "grains" | "k-means";
  readonly parts: number;
}

const splitChoices: readonly { readonly value: SplitChoice["by"]; readonly label: string }[] = [
  { value: "grains", label: "Connected grains" },
  { value: "k-means", label: "Like pixels" },
];

interface SplitProps {
  readonly name: string;
  /** Whether pixels have places to be put into groups by. */
  readonly canGroup: boolean;
  onSplit(choice: SplitChoice): void;
}

/** How a class is split: into connected grains, or into groups of like pixels. */
export function SplitForm({ name, canGroup, onSplit }: SplitProps) {
  const [by, setBy] = useState<SplitChoice["by"]>("grains");
  const [parts, setParts] = useState(2);
  return (
    <div className={styles["form"]}>
      <strong>Split “{name}”</strong>
      {canGroup && <Segmented label="Split into" value={by} choices={splitChoices} onChange={(value) => setBy(value)} />}
      {by === "k-means" && <PartsField label="Number of parts" parts={parts} onParts={setParts} />}
      <p>
        {by === "grains"
          ? "Every connected piece becomes a class; the largest keeps the name."
          : "Pixels are put into groups by their place in the latent space."}
      </p>
      <TextButton look="primary" onClick={() => onSplit({ by, parts })}>
        Split
      </TextButton>
    </div>
  );
}

interface ReclusterProps {
  readonly name: string;
  onRecluster(parts: number): void;
}

/** Re-clusters the pixels of one class alone. */
export function ReclusterForm({ name, onRecluster }: ReclusterProps) {
  const [parts, setParts] = useState(2);
  return (
    <div className={styles["form"]}>
      <strong>Re-cluster inside “{name}”</strong>
      <PartsField label="Number of classes" parts={parts} onParts={setParts} />
      <p>A Gaussian mixture over its pixels alone; the largest keeps the name. One undo takes it back.</p>
      <TextButton look="primary" onClick={() => onRecluster(parts)}>
        Re-cluster
      </TextButton>
    </div>
  );
}

interface NoteProps {
  readonly name: string;
  readonly note: string;
  onNote(note: string): void;
}

/** A free text about a class; it goes into the report. */
export function NoteForm({ name, note, onNote }: NoteProps) {
  const [text, setText] = useState(note);
  return (
    <div className={styles["form"]}>
      <label>
        Note on “{name}”, for the report
        <textarea rows={4} maxLength={10_000} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      </label>
      <TextButton look="primary" onClick={() => onNote(text)}>
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
