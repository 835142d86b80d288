/** What an opened file holds, before any of it is read. */
import { DataCheckError, type SpectrumImage } from "@sigma-eds/core";
import type { OpenedFile } from "./engine-protocol.js";
import type { OpenInput } from "./input-files.js";

export function describe({ name, contents }: OpenInput): OpenedFile {
  return {
    name,
    format: contents.format,
    datasets: contents.datasets.map(({ title, counts, metadata }) => ({
      title,
      navigationShape: counts.navigationShape,
      channels: counts.channels,
      metadata,
    })),
    images: contents.images,
    findings: contents.findings ?? [],
  };
}

/** Throws {@link DataCheckError} where the file has no such dataset. */
export function datasetOf({ name, contents: { datasets, images } }: OpenInput, dataset: number): SpectrumImage {
  const image = datasets[dataset];
  if (image !== undefined) return image;
  throw new DataCheckError(datasets.length === 0 ? "The file holds no spectra." : `The file has no dataset ${dataset}.`, {
    where: name,
    found: `${datasets.length} spectrum images and ${images.length} pictures`,
    remedy: "Export the spectrum image (raw map data) from the microscope's program.",
  });
}
