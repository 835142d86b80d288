/** What stands for spectra where the data are element maps: the mean of each map in each class. */
import type { Analysis } from "../pipeline/analysis.js";
import { pixelCount } from "../spectrum-image/counts.js";
import { mapProfileFigure } from "./figures/map-profile.js";
import { lineText } from "./line-notation.js";
import type { ResultFile } from "./result-files.js";
import { csv } from "./tables.js";

/** Picture of the values of a class or an endmember, or `undefined` where the data are spectra. `among` are all that it is compared with. */
export function profilePicture(
  { image, sumSpectrum }: Analysis,
  values: Float64Array,
  among: readonly Float64Array[],
  { name, colour, width, withMean }: { name: string; colour?: string | undefined; width: number; withMean: boolean },
): string | undefined {
  if (image.channelLines === undefined) return undefined;
  const pixels = pixelCount(image.counts.navigationShape);
  const mean = withMean ? sumSpectrum?.map((value) => value / pixels) : undefined;
  const most = values.map((_, c) => Math.max(mean?.[c] ?? 0, ...among.map((other) => other[c]!)));
  const names = image.channelLines.map(lineText);
  const description = `Mean of each element map in ${name}${mean === undefined ? "" : ", beside that of the whole field"}.`;
  return mapProfileFigure({ names, values, mean, most, colour, width, height: 170, description });
}

/** `profiles/classes.csv` and `profiles/endmembers.csv`: means of the maps, one row per class or endmember, for data that are maps. */
export function* profileFiles({ image, classes, classSpectra, unmixing, sumSpectrum }: Analysis): Generator<ResultFile> {
  const { channelLines } = image;
  if (channelLines === undefined) return;
  const encoder = new TextEncoder();
  const table = (path: string, rows: readonly (readonly (string | number)[])[]): ResultFile => ({
    path,
    bytes: encoder.encode(csv([["id", "name", ...channelLines], ...rows])),
  });
  const pixels = pixelCount(image.counts.navigationShape);
  const whole = sumSpectrum === undefined ? [] : [["", "whole map", ...sumSpectrum.map((value) => value / pixels)]];
  yield table("profiles/classes.csv", [...whole, ...classes.map(({ id, name }, i) => [id, name, ...(classSpectra[i] ?? [])])]);
  if (unmixing !== undefined)
    yield table(
      "profiles/endmembers.csv",
      unmixing.endmembers.map((values, j) => [j, `Endmember ${j}`, ...values]),
    );
}
