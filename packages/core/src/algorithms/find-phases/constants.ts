/** Every number that the method decides by, each with the reason for its value. Parameters override where they share a name. */
import type { MethodConstant } from "./found-phases.js";

const of = (value: number, unit: string, sentence: string) => ({ value, unit, sentence });

export const CONSTANTS = {
  binWidth: of(
    0.5,
    "FWHM",
    "Channels are joined to bins of half the detector's line width: no line is lost and noise is halved.",
  ),
  poorBinShare: of(
    2e-4,
    "share of counts",
    "Bins that hold less than this are joined with their neighbours, since they carry noise only.",
  ),
  poorBinWidth: of(4, "FWHM", "Poor bins are joined up to this width."),
  minimumSigma: of(0.7, "pixels", "Smoothing is never narrower than this: below it a pixel has no neighbours."),
  maximumSigma: of(3, "pixels", "Smoothing is never wider than this, however few the counts, so that small grains survive."),
  maximumFineSigma: of(2, "pixels", "Upper limit of the fine scale."),
  fineCounts: of(700, "counts", "The fine scale gathers about this many counts per cell, for small grains."),
  maximumCoarseSigma: of(4, "pixels", "Upper limit of the coarse scale, which is twice the medium one."),
  weightFloor: of(3e-4, "share of counts", "Added to the mean spectrum before its root divides, so that empty bins do not rule."),
  axisThreshold: of(
    2.5,
    "of the noise edge",
    "An axis of the space is kept when its variance stands this far above what noise alone gives.",
  ),
  maximumAxes: of(24, "axes", "Upper limit of the axes taken from the covariance."),
  pairGain: of(10, "", "Two phases explain a pixel instead of one only if the misfit falls by a likelihood ratio of this size."),
  pairMargin: of(0.03, "share", "A share below this is not told from zero in a smoothed pixel."),
  calmEdge: of(0.06, "of the effect", "A seed must lie where the spectrum changes less than this over the smoothing length."),
  restlessEdge: of(0.2, "of the effect", "When no calm seed is left, seeds may lie where the spectrum changes this much."),
  pureShare: of(0.9, "share", "A pixel counts as pure from this share on while phases are searched."),
  ballWidth: of(3, "standard deviations", "A smoothed pixel within this of a spectrum is not told from it by noise."),
  purestShare: of(0.95, "share", "Final spectra are summed over pixels of at least this share."),
  presenceRadius: of(10, "pixels", "A phase is called present at a place if it has three pure pixels within this distance."),
  unlikeDistance: of(
    0.3,
    "chi-square distance",
    "Phases further apart than this are unlike: that they imitate a third by chance is improbable.",
  ),
  continuumDistance: of(0.2, "chi-square distance", "Only phases closer than this can be two ends of one gradient."),
  continuumDensity: of(
    0.7,
    "of the poorer end",
    "A gradient fills the middle between its ends with calm pixels at least this densely; two phases do not.",
  ),
  gradientShare: of(
    0.83,
    "of the difference",
    "Two spectra are one phase if an absorber makes their difference and it follows the position on the map: product of both shares.",
  ),
  gradientBetween: of(
    0.04,
    "of the pixels",
    "At least this share of the pixels must lie between the ends: a gradient has no gap.",
  ),
} satisfies Record<string, Omit<MethodConstant, "name">>;

/** All constants as a list, for the report. */
export function methodConstants(): MethodConstant[] {
  return Object.entries(CONSTANTS).map(([name, constant]) => ({ name, ...constant }));
}
