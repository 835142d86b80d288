/** Lines of other elements that a detector does not separate from those of an element. */
import { fwhmKev } from "../../xray/detector.js";
import { linesNear, type XrayLine } from "../../xray/lines.js";

export interface Overlap {
  /** `S_Ka` */
  readonly line: string;
  /** Lines of other elements within 0.6 FWHM, each at least a tenth of its family, nearest first: `Mo_La`, `Pb_Ma`. */
  readonly with: readonly string[];
}

const NEAR = 0.6;
const LEAST_WEIGHT = 0.1;

/** What a line overlaps with among the lines of `elements` that the beam excites. */
export function overlapOf(line: XrayLine, elements: readonly string[], beamEnergyKev: number, resolutionEv: number): Overlap {
  const others = elements.filter((symbol) => symbol !== line.element);
  const near = linesNear(line.energyKev, NEAR * fwhmKev(line.energyKev, resolutionEv), {
    elements: others,
    minimumWeight: LEAST_WEIGHT,
  });
  return { line: line.name, with: near.filter(({ edgeKev }) => edgeKev < beamEnergyKev).map(({ name }) => name) };
}
