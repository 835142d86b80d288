/** Whether an element is of the sample, or of a film on it, or of the instrument. */
import { type DetectorModel, detectorEfficiency } from "../../xray/detector.js";
import { edgesOf } from "../../xray/edges.js";
import { elementNamed } from "../../xray/elements.js";
import type { Conditions } from "../../xray/physics/expected-spectrum.js";
import { ionisationCrossSectionCm2 } from "../../xray/physics/ionisation.js";
import type { SpectrumFit } from "../line-fit/fit-spectrum.js";

export interface Origin {
  /** `sample`; `film`: no more than a coating, contamination or native oxide gives; `instrument`: no more than detector, window or chamber give. */
  readonly from: "sample" | "film" | "instrument";
  /** One sentence, for a film or the instrument. */
  readonly reason: string | undefined;
}

/** Heaviest films that are taken for one, ug/cm2: carbon of about 75 nm, the oxygen of about 15 nm of oxide; soft lines make them uncertain by half. */
const HEAVIEST_FILM: Readonly<Record<string, number>> = { C: 15, O: 3 };
/** Elements of the instrument, with the mass fraction below which they may come from it. */
const INSTRUMENT: Readonly<Record<string, { readonly below: number; readonly of: string }>> = {
  Si: { below: 0.004, of: "the detector's dead layer" },
  Al: { below: 0.003, of: "the window's coating or the chamber" },
  Fe: { below: 0.002, of: "the pole piece" },
  Cu: { below: 0.004, of: "the grid or the holder" },
  Zn: { below: 0.003, of: "the holder" },
  Cr: { below: 0.002, of: "the chamber" },
};

/** Where an element of a fit comes from, by its amount. */
export function originOf(element: string, fit: SpectrumFit, conditions: Conditions): Origin {
  const heaviest = HEAVIEST_FILM[element];
  if (heaviest !== undefined) {
    const film = filmOf(element, fit, conditions);
    if (film !== undefined && film <= heaviest) {
      return {
        from: "film",
        reason: `There is as much of it as in a film of ${film.toFixed(1)} µg/cm²: coating, contamination or oxide.`,
      };
    }
  }
  const instrument = INSTRUMENT[element];
  const fraction = fit.composition[element] ?? 0;
  if (instrument !== undefined && fraction < instrument.below) {
    return {
      from: "instrument",
      reason: `About ${(100 * fraction).toFixed(2)} % by mass: no more than comes from ${instrument.of}.`,
    };
  }
  return { from: "sample", reason: undefined };
}

/**
 * Mass per area of a free film of the element that would give its K counts, ug/cm2; the number of electrons follows from the counts of the
 * element that the sample holds most of.
 */
function filmOf(element: string, fit: SpectrumFit, { beamEnergyKev, detector }: Conditions): number | undefined {
  const own = fit.families.find((family) => family.element === element && family.family === "K");
  const main = fit.families
    .filter((family) => family.element !== element)
    .reduce<SpectrumFit["families"][number] | undefined>((a, b) => (a === undefined || b.counts > a.counts ? b : a), undefined);
  if (own === undefined || main === undefined || !(main.counts > 0)) return undefined;
  const electrons = main.counts / main.expected;
  return (1e6 * own.counts) / (electrons * photonsPerGram(element, own.line.energyKev, beamEnergyKev, detector));
}

const AVOGADRO = 6.02214076e23;

function photonsPerGram(element: string, energyKev: number, beamEnergyKev: number, detector: DetectorModel): number {
  const { atomicWeight, number } = elementNamed(element);
  const edge = edgesOf(element).find(({ level }) => level === "K")!;
  const section = ionisationCrossSectionCm2("K", number, edge.energyKev, beamEnergyKev);
  return (AVOGADRO / atomicWeight) * section * edge.fluorescenceYield * detectorEfficiency(energyKev, detector);
}
