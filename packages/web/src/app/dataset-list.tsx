import { formatCount } from "@sigma-eds/core";
import { datasetTitle } from "../ui/dataset-title.js";
import styles from "./dataset-list.module.css";
import { useSessionContext } from "./session-context.js";

/** Which spectrum image of a file that holds several; the largest has the focus, Enter opens it. */
export function DatasetList() {
  const { session, shown } = useSessionContext();
  const datasets = shown.file?.datasets ?? [];
  const sizes = datasets.map(({ navigationShape, channels }) =>
    navigationShape.reduce((product, size) => product * size, channels),
  );
  const largest = sizes.indexOf(Math.max(...sizes));
  return (
    <section className={styles["list"]} aria-label="Spectrum images of the file">
      <h2>
        {shown.file?.name} holds {datasets.length} spectrum images
      </h2>
      {datasets.map(({ title, navigationShape, channels, metadata }, i) => (
        <button
          // biome-ignore lint/suspicious/noArrayIndexKey: a dataset is known by its place in the file
          key={i}
          type="button"
          className={styles["dataset"]}
          ref={(button) => {
            if (i === largest) button?.focus();
          }}
          onClick={() => void session.actions.chooseDataset(i)}
        >
          <strong>{datasetTitle(title, i)}</strong>
          <span>
            {[...navigationShape].reverse().join(" × ") || "1"} px · {formatCount(channels)} channels
            {metadata.beamEnergyKev === undefined ? "" : ` · ${metadata.beamEnergyKev} kV`}
          </span>
        </button>
      ))}
    </section>
  );
}
