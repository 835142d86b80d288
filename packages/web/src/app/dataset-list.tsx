import { formatCount } from "@sigma-eds/core";
import { useEffect, useRef } from "react";
import { datasetTitle } from "../ui/dataset-title.js";
import type { DatasetGlance, DatasetSummary } from "../worker/engine-protocol.js";
import styles from "./dataset-list.module.css";
import { datasetPicture, PICTURE } from "./dataset-picture.js";
import { useSessionContext } from "./session-context.js";
import { useGlances } from "./use-glances.js";

/** Which spectrum image of a file that holds several; the largest has the focus, Enter opens it. */
export function DatasetList() {
  const { session, shown } = useSessionContext();
  const datasets = shown.file?.datasets ?? [];
  const glances = useGlances(session.engine, shown.file);
  const sizes = datasets.map(({ navigationShape, channels }) =>
    navigationShape.reduce((product, size) => product * size, channels),
  );
  const largest = sizes.indexOf(Math.max(...sizes));
  const preferred = useRef<HTMLButtonElement>(null);
  useEffect(() => preferred.current?.focus(), []);
  return (
    <section className={styles["list"]} aria-label="Spectrum images of the file">
      <h2>
        {shown.file?.name} holds {datasets.length} spectrum images
      </h2>
      {datasets.map((dataset, i) => (
        <button
          // biome-ignore lint/suspicious/noArrayIndexKey: a dataset is known by its place in the file
          key={i}
          type="button"
          className={styles["dataset"]}
          ref={i === largest ? preferred : undefined}
          onClick={() => void session.actions.chooseDataset(i)}
        >
          <Picture glance={glances.get(i)} />
          <span className={styles["words"]}>
            <strong>{datasetTitle(dataset.title, i)}</strong>
            <span>{factsOf(dataset, glances.get(i))}</span>
          </span>
        </button>
      ))}
    </section>
  );
}

function factsOf({ navigationShape, channels, metadata }: DatasetSummary, glance: DatasetGlance | undefined): string {
  const { beamEnergyKev } = metadata;
  return [
    `${[...navigationShape].reverse().join(" × ") || "1"} px`,
    `${formatCount(channels)} channels`,
    ...(glance === undefined ? [] : [countsOf(glance)]),
    ...(beamEnergyKev === undefined ? [] : [`${beamEnergyKev} kV`]),
  ].join(" · ");
}

function countsOf({ totalCounts }: DatasetGlance): string {
  return Number.isInteger(totalCounts) ? `${formatCount(totalCounts)} counts` : "intensities, not counts";
}

function Picture({ glance }: { readonly glance: DatasetGlance | undefined }) {
  const picture = glance === undefined ? undefined : datasetPicture(glance);
  return (
    <span className={styles["picture"]} aria-hidden="true">
      {picture?.kind === "map" ? <img src={picture.address} alt="" /> : null}
      {picture?.kind === "spectrum" ? (
        <svg viewBox={`0 0 ${PICTURE.width} ${PICTURE.height}`} aria-hidden="true">
          <polyline points={picture.points} />
        </svg>
      ) : null}
    </span>
  );
}
