import { UnsupportedError } from "../../errors.js";
import type { Axis } from "../../spectrum-image/axis.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import { textOf } from "../binary/file-cursor.js";
import { decimalNumber } from "../xml/query.js";

const LARGEST_FILE = 16 * 1024 * 1024;
/** Steps may differ by this part of the step, as the table is rounded. */
const UNEVEN = 0.05;

/**
 * Offset and step in micrometres from the column `Distance (nm)` of the `.csv` of a line; `undefined` without that column or where the
 * steps are uneven. Throws UnsupportedError for a table that is too large.
 */
export async function readLineDistances(
  source: ByteSource,
  signal?: AbortSignal,
): Promise<Pick<Axis, "offset" | "scale"> | undefined> {
  if (source.size > LARGEST_FILE) {
    throw new UnsupportedError("The table of distances is too large.", {
      where: source.name,
      expected: `at most ${LARGEST_FILE} bytes`,
    });
  }
  const lines = textOf(await source.read(0, source.size, signal))
    .split(/\r?\n/)
    .map((line) => line.split(",").map((cell) => cell.trim()));
  const headings = lines.findIndex((cells) => cells.includes("Distance (nm)"));
  if (headings < 0) return undefined;
  const column = lines[headings]!.indexOf("Distance (nm)");
  const distances: number[] = [];
  for (const cells of lines.slice(headings + 1)) {
    const distance = decimalNumber(cells[column]);
    if (distance === undefined) break;
    distances.push(distance);
  }
  if (distances.length < 2) return undefined;
  const step = (distances.at(-1)! - distances[0]!) / (distances.length - 1);
  const even = distances.every((distance, i) => Math.abs(distance - distances[0]! - i * step) <= UNEVEN * Math.abs(step));
  return even && step !== 0 ? { offset: distances[0]! / 1000, scale: step / 1000 } : undefined;
}
