/** What was done in words, ready for the methods section of a paper, with references. */

import type { RejectionReason } from "../algorithms/find-phases/found-phases.js";
import { countOf, formatCount, formatNumber, listOf, withUnit } from "../numbers.js";
import type { Page } from "./report-page.js";
import { pixelSizeText } from "./scale-bar.js";

export interface MethodsText {
  readonly paragraphs: readonly string[];
  /** In the order in which the text cites them: [1], [2] ... */
  readonly references: readonly string[];
}

type Cite = (reference: string) => string;
type StepText = (entry: Readonly<Record<string, unknown>>, page: Page, cite: Cite) => string | undefined;

const KEENAN =
  "Keenan, M. R. and Kotula, P. G. (2004). Accounting for Poisson noise in the multivariate analysis of ToF-SIMS spectrum images. Surface and Interface Analysis 36, 203–212. doi:10.1002/sia.1657";
const HALKO =
  "Halko, N., Martinsson, P. G. and Tropp, J. A. (2011). Finding structure with randomness: Probabilistic algorithms for constructing approximate matrix decompositions. SIAM Review 53, 217–288. doi:10.1137/090771806";
const HYVARINEN =
  "Hyvärinen, A. (1999). Fast and robust fixed-point algorithms for independent component analysis. IEEE Transactions on Neural Networks 10, 626–634. doi:10.1109/72.761722";
const JADE =
  "Cardoso, J.-F. and Souloumiac, A. (1993). Blind beamforming for non-Gaussian signals. IEE Proceedings F 140, 362–370. doi:10.1049/ip-f-2.1993.0054";
const KAISER =
  "Kaiser, H. F. (1958). The varimax criterion for analytic rotation in factor analysis. Psychometrika 23, 187–200. doi:10.1007/BF02289233";
const SHEPP =
  "Shepp, L. A. and Vardi, Y. (1982). Maximum likelihood reconstruction for emission tomography. IEEE Transactions on Medical Imaging 1, 113–122. doi:10.1109/TMI.1982.4307558";
const UMAP =
  "McInnes, L., Healy, J. and Melville, J. (2018). UMAP: Uniform manifold approximation and projection for dimension reduction. doi:10.48550/arXiv.1802.03426";
const PCA =
  "Pearson, K. (1901). On lines and planes of closest fit to systems of points in space. Philosophical Magazine 2, 559–572. doi:10.1080/14786440109462720";
const EM =
  "Dempster, A. P., Laird, N. M. and Rubin, D. B. (1977). Maximum likelihood from incomplete data via the EM algorithm. Journal of the Royal Statistical Society B 39, 1–38. doi:10.1111/j.2517-6161.1977.tb01600.x";
const BIC =
  "Schwarz, G. (1978). Estimating the dimension of a model. Annals of Statistics 6, 461–464. doi:10.1214/aos/1176344136";
const KMEANS =
  "Lloyd, S. P. (1982). Least squares quantization in PCM. IEEE Transactions on Information Theory 28, 129–137. doi:10.1109/TIT.1982.1056489";
const VARIATIONAL =
  "Blei, D. M. and Jordan, M. I. (2006). Variational inference for Dirichlet process mixtures. Bayesian Analysis 1, 121–143. doi:10.1214/06-BA104";
const BIRCH =
  "Zhang, T., Ramakrishnan, R. and Livny, M. (1996). BIRCH: An efficient data clustering method for very large databases. ACM SIGMOD Record 25, 103–114. doi:10.1145/233269.233324";
const DENSITY =
  "Campello, R. J. G. B., Moulavi, D. and Sander, J. (2013). Density-based clustering based on hierarchical density estimates. Advances in Knowledge Discovery and Data Mining, 160–172. doi:10.1007/978-3-642-37456-2_14";
const NMF =
  "Lee, D. D. and Seung, H. S. (1999). Learning the parts of objects by non-negative matrix factorization. Nature 401, 788–791. doi:10.1038/44565";
const SIGMA =
  "Tung, P.-Y., Sheikh, H. A., Ball, M., Nabiei, F. and Harrison, R. J. (2023). SIGMA: Spectral interpretation using Gaussian mixtures and autoencoder. Geochemistry, Geophysics, Geosystems 24, e2022GC010530. doi:10.1029/2022GC010530";
const XPP =
  'Pouchou, J.-L. and Pichoir, F. (1991). Quantitative analysis of homogeneous or stratified microvolumes applying the model "PAP". Electron Probe Quantitation, 31–75. doi:10.1007/978-1-4899-2617-3_4';
const CLIFF =
  "Cliff, G. and Lorimer, G. W. (1975). The quantitative analysis of thin specimens. Journal of Microscopy 103, 203–207. doi:10.1111/j.1365-2818.1975.tb03895.x";
const ZETA =
  "Watanabe, M. and Williams, D. B. (2006). The quantitative analysis of thin specimens: a review of progress from the Cliff-Lorimer to the new zeta-factor methods. Journal of Microscopy 221, 89–109. doi:10.1111/j.1365-2818.2006.01549.x";
const CURRIE =
  "Currie, L. A. (1968). Limits for qualitative detection and quantitative determination. Analytical Chemistry 40, 586–593. doi:10.1021/ac60259a007";
const WIDTH =
  "Fiori, C. E. and Newbury, D. E. (1978). Artifacts observed in energy-dispersive X-ray spectrometry in the scanning electron microscope. Scanning Electron Microscopy 1978/I, 401–422";

/** Sentences by step of the recipe, in the order of the recipe; steps that change nothing a reader must know are silent. */
const stepTexts: Readonly<Record<string, StepText>> = {
  bin: ({ factor, energyFactor }) => {
    const joined = [
      factor === 1 ? undefined : `${factor} × ${factor} pixels`,
      energyFactor === 1 ? undefined : `${energyFactor} channels`,
    ].filter((part) => part !== undefined);
    return joined.length === 0 ? undefined : `Counts of ${listOf(joined)} each were summed before anything else was done.`;
  },
  crop: () => "A part of the map was analysed.",
  mask: ({ minimumCounts }) => `Pixels with fewer than ${formatNumber(Number(minimumCounts))} counts were left out.`,
  "find-phases": (_, page, cite) =>
    `Phases were found from the raw counts without stating their number. Spectra were averaged over a few pixels, scaled by the square root of the mean spectrum so that counting noise is even ${cite(KEENAN)}, and projected on the axes that stand out from that noise. Starting from the most common spectrum, the place with the largest effect that no phase or pair of phases known so far explains was added as a phase, if the effect was significant (counting statistics), large, and seen over a calm area; candidates that are duplicates, mixtures, parts of a gradient or too small were dropped${rejectedCount(page)}. The share of each phase in each pixel was then estimated from the raw counts by maximum likelihood for Poisson data ${cite(SHEPP)}.`,
  decompose: ({ method, scaling, rotation, algorithm, reconstruct }, page, cite) => {
    const count = page.analysis.decomposition?.components.length;
    if (count === undefined) return undefined;
    const onward = reconstruct === true ? " Later steps used the sum of these components instead of the counts." : "";
    if (method === "nmf")
      return `All spectra were described by ${count} components by non-negative matrix factorisation ${cite(NMF)}.${onward}`;
    const scaled = scaling === "poisson" ? `, after scaling for Poisson noise ${cite(KEENAN)}` : "";
    const turned = typeof rotation === "string" && rotation !== "none" ? ` and turned by varimax ${cite(KAISER)}` : "";
    const separated =
      method === "ica"
        ? ` and separated into independent components by ${algorithm === "jade" ? `JADE ${cite(JADE)}` : `FastICA ${cite(HYVARINEN)}`}`
        : "";
    return `All spectra were described by ${count} principal components by singular value decomposition of the sparse counts ${cite(HALKO)}${scaled}${turned}${separated}.${onward}`;
  },
  maps: (_, page, cite) =>
    page.analysis.elementMaps.length === 0
      ? undefined
      : page.analysis.image.channelLines !== undefined
        ? undefined
        : page.analysis.elementMaps[0]!.background === "fit"
          ? "Element maps are net counts from a weighted linear least-squares fit of line families and continuum to every pixel, with templates and weights from a fit of the whole map's spectrum."
          : `Element maps are sums of counts within one full width at half maximum on each side of a line, with the width of a detector of ${withUnit(page.analysis.image.metadata.detector.resolutionEv ?? 130, "eV")} at Mn Kα ${cite(WIDTH)}.`,
  features: (_, page) => {
    const lines = page.analysis.features?.lines.length;
    const purpose =
      page.analysis.evidence === undefined
        ? "served as features"
        : "served as features of a latent space, as a picture beside the result";
    const pictures = page.analysis.features?.images?.names ?? [];
    const beside =
      pictures.length === 0 ? "" : ` and ${listOf(pictures.map((name) => `the picture ${name}`))}, scaled for itself,`;
    const of = page.analysis.image.channelLines === undefined ? "X-ray lines" : "elements";
    return lines === undefined ? undefined : `Maps of ${formatCount(lines)} ${of}${beside} ${purpose}.`;
  },
  normalise: (_, __, cite) => `Features were averaged over neighbours and normalised as in SIGMA ${cite(SIGMA)}.`,
  embed: ({ method }, _, cite) => {
    if (method === "umap") return `Pixels were laid out in the latent space by UMAP ${cite(UMAP)}.`;
    return method === "pca"
      ? `Pixels were laid out in the latent space by principal component analysis ${cite(PCA)}.`
      : undefined;
  },
  cluster: ({ method }, page, cite) => {
    const classes = formatCount(page.analysis.classes.length);
    if (method === "gaussian-mixture")
      return `Pixels were grouped into ${classes} classes by a Gaussian mixture, fitted by expectation maximisation ${cite(EM)} and judged by the Bayesian information criterion ${cite(BIC)}.`;
    if (method === "bayesian-gaussian-mixture")
      return `Pixels were grouped into ${classes} classes by a Bayesian Gaussian mixture, fitted by variational inference ${cite(VARIATIONAL)}.`;
    if (method === "birch") return `Pixels were grouped into ${classes} classes by Birch ${cite(BIRCH)}.`;
    if (method === "hdbscan")
      return `Pixels were grouped into ${classes} classes by density (HDBSCAN ${cite(DENSITY)}); pixels between dense groups were left unassigned.`;
    return method === "k-means"
      ? `Pixels were grouped into ${classes} classes by k-means ${cite(KMEANS)}.`
      : `Pixels were grouped into ${classes} classes.`;
  },
  identify: ({ significance }, { analysis: { identities = [] } }, cite) => {
    if (identities.length === 0) return undefined;
    const least = formatNumber(Number(significance));
    return `Elements of each class were looked for by fitting line families and continuum to the summed spectrum of its pure pixels (all its pixels where too few are pure); an element counts as present where its net counts exceed ${least} standard errors. Compositions are standardless, by the matrix correction XPP ${cite(XPP)}, normalised to 100 %. Names are proposals: phases of a library were ranked by how well their compositions agree with the measured one within the errors of counting and of the model; structure was not measured, so polymorphs cannot be told apart.`;
  },
  quantify: ({ method }, { analysis }, cite) => {
    const limits = `detection limits after Currie ${cite(CURRIE)}`;
    if (method === "cliff-lorimer")
      return `Compositions of the thin sample are by ratios of net counts ${cite(CLIFF)}; ${limits}.`;
    if (method === "zeta-factor")
      return `Compositions and mass thickness are by zeta factors, corrected for absorption ${cite(ZETA)}; ${limits}.`;
    const { quantification } = analysis;
    if (quantification?.method !== "xpp") return undefined;
    const names = quantification.standards.map(({ name }) => name);
    const basis = names.length === 0 ? "without standards, normalised to 100 %" : `with the standards ${listOf(names)}`;
    return `Net counts of line families were fitted to the summed spectra of the classes together with the continuum, and turned into compositions by the matrix correction XPP ${cite(XPP)} ${basis}; ${limits}.`;
  },
  unmix: ({ method }, _, cite) =>
    typeof method === "string" && method.startsWith("nmf")
      ? `Endmember spectra and their abundances were estimated by non-negative matrix factorisation ${cite(NMF)}.`
      : "Endmember spectra and their abundances were estimated from the counts.",
};

/** The methods in words: one paragraph on the data, one on what was done with them. */
export function methodsText(page: Page): MethodsText {
  const references: string[] = [];
  const cite: Cite = (reference) => {
    if (!references.includes(reference)) references.push(reference);
    return `[${references.indexOf(reference) + 1}]`;
  };
  const steps = page.context.recipe.steps.map((entry) => stepTexts[entry.step]?.({ ...entry }, page, cite));
  const done = [...steps, editsText(page)].filter((text) => text !== undefined).join(" ");
  const closing = `All computations were made with SIGMA ${page.context.programVersion} (seed ${page.context.recipe.seed}).`;
  return { paragraphs: [dataText(page), `${done} ${closing}`.trim()], references };
}

function dataText({ analysis, frame, frames }: Page): string {
  const { image, sumSpectrum } = analysis;
  const { metadata, energyAxis } = image;
  const pixels = frame.width * frame.height * frames.length;
  const counts = sumSpectrum?.reduce((sum, value) => sum + value, 0);
  const parts = [
    metadata.beamEnergyKev === undefined ? undefined : `at an accelerating voltage of ${withUnit(metadata.beamEnergyKev, "kV")}`,
    frame.pixelSizeUm === undefined ? undefined : `with pixels of ${pixelSizeText(frame.pixelSizeUm[0])}`,
    counts === undefined ? undefined : `and ${formatNumber(counts / pixels)} counts per pixel on average`,
  ].filter((part) => part !== undefined);
  if (image.channelLines !== undefined)
    return `The data are ${formatCount(image.channelLines.length)} element maps of ${formatCount(frame.width)} × ${formatCount(frame.height)} pixels without spectra.`;
  const channels = energyAxis.scale === undefined ? "" : ` of ${withUnit(energyAxis.scale * 1000, "eV")}`;
  return `The energy-dispersive X-ray map has ${formatCount(frame.width)} × ${formatCount(frame.height)} pixels and ${formatCount(energyAxis.size)} channels${channels}${parts.length === 0 ? "" : `, recorded ${parts.join(" ")}`}.`;
}

/** Edits that change no result. */
const WITHOUT_RESULT: ReadonlySet<unknown> = new Set(["recolour", "keep-colours", "lock", "note"]);

/** What a person changed in the classes. */
function editsText({ context }: Page): string | undefined {
  const edits = context.recipe.steps.flatMap((entry) => {
    const { step, action }: { readonly step: string; readonly action?: unknown } = entry;
    return step === "edit" && !WITHOUT_RESULT.has(action) ? [action] : [];
  });
  const renamed = edits.filter((action) => action === "rename").length;
  const others = edits.length - renamed;
  const done = [
    renamed === 0 ? undefined : `${countOf(renamed, "name")} given`,
    others === 0 ? undefined : `${countOf(others, "other edit")} made`,
  ].filter((part) => part !== undefined);
  return done.length === 0 ? undefined : `Classes were then edited by hand: ${listOf(done)}; each is a step of the recipe.`;
}

const dropped = {
  tiny: "too small",
  duplicate: "duplicates",
  continuum: "ends of gradients",
  mixture: "mixtures within pixels",
  overlap: "mixtures of overlapping grains",
} as const satisfies Record<RejectionReason, string>;

function rejectedCount({ analysis }: Page): string {
  const rejected = analysis.evidence?.rejected ?? [];
  const kinds = [...new Set(rejected.map(({ reason }) => reason))].map(
    (reason) => `${rejected.filter((one) => one.reason === reason).length} ${dropped[reason]}`,
  );
  return kinds.length === 0 ? "" : ` (here ${listOf(kinds)})`;
}
