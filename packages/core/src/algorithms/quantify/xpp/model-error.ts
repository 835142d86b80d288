/** How far the physics itself may be wrong, apart from counting: what the checks on measured standards leave, rounded up. */
import type { LineFamily, XrayLine } from "../../../xray/lines.js";

/** Lines softer than this are absorbed so strongly, in the sample and in the detector, that their yield is known much less. */
const SOFT_KEV = 1;

const STANDARDLESS: Readonly<Record<LineFamily, number>> = { K: 0.05, L: 0.15, M: 0.25 };
const STANDARDLESS_SOFT: Readonly<Record<LineFamily, number>> = { K: 0.2, L: 0.5, M: 0.6 };
const WITH_STANDARD = 0.015;
const WITH_STANDARD_SOFT = 0.05;

/** Standard error of the counts per mass fraction of a line by the model, relative. */
export function modelError({ family, energyKev }: Pick<XrayLine, "family" | "energyKev">, withStandard: boolean): number {
  if (withStandard) return energyKev < SOFT_KEV ? WITH_STANDARD_SOFT : WITH_STANDARD;
  return (energyKev < SOFT_KEV ? STANDARDLESS_SOFT : STANDARDLESS)[family];
}
