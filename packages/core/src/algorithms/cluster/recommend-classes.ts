/** Which number of classes to take, and why, from how numbers did. */

/** How one number of classes did. */
export interface ClassNumber {
  readonly nClasses: number;
  /** Bayesian information criterion; undefined for methods without a likelihood. Smaller is better. */
  readonly bic: number | undefined;
  /** Mean silhouette, -1 to 1, with its standard error by sampling; undefined for one class. */
  readonly silhouette: number | undefined;
  readonly silhouetteError: number | undefined;
  /** Mean adjusted Rand index between repeated runs; 1 is full agreement. */
  readonly stability: number;
  /** Smallest index of any two runs. */
  readonly lowestStability: number;
}

export interface Recommendation {
  readonly nClasses: number;
  /** One or two sentences for a microscopist. */
  readonly reason: string;
  /** False where no number does well: then the recommended one is the least bad. */
  readonly clear: boolean;
}

/** Runs agree "well" from here on (Steinley 2004, doi:10.1037/1082-989X.9.3.386, calls 0.8 good and 0.9 excellent). */
const STEADY = 0.8;
/** Below, Kaufman and Rousseeuw 1990, doi:10.1002/9780470316801, see no substantial structure. */
const NO_STRUCTURE = 0.25;

/**
 * Of the numbers at which repeated runs agree (stability 0.8 or more) the one with the largest silhouette; numbers within a standard error of it
 * are told apart by stability, then the smaller is taken. Where runs agree at no number, the most stable one, and the reason says so. One class
 * is only recommended where BIC is smallest there and no number shows structure.
 */
export function recommendClasses(numbers: readonly ClassNumber[]): Recommendation {
  const several = numbers.filter(({ silhouette }) => silhouette !== undefined);
  const byBic = numbers.filter(({ bic }) => bic !== undefined).reduce<ClassNumber | undefined>(smallerBic, undefined);
  const steady = several.filter(({ stability }) => stability >= STEADY);
  const best = steady.length > 0 ? bestSeparated(steady) : several.reduce<ClassNumber | undefined>(moreStable, undefined);
  const structured = best !== undefined && best.silhouette! >= NO_STRUCTURE;
  if (best === undefined || (!structured && byBic?.nClasses === 1)) {
    const reason = "One class: no larger number gives groups that lie apart, and BIC is smallest at one.";
    return best === undefined
      ? { nClasses: 1, reason: "One class: no other number was tried.", clear: false }
      : { nClasses: 1, reason, clear: true };
  }
  const { nClasses, stability } = best;
  const figures = `silhouette ${withError(best)}, stability ${stability.toFixed(2)}`;
  if (steady.length === 0) {
    const reason = `${classes(nClasses)}, with doubt: repeated runs agree at no number; they do best here (${figures}).`;
    return { nClasses, reason: reason + aboutBic(nClasses, byBic), clear: false };
  }
  const why = structured
    ? `of the numbers at which repeated runs agree, this one separates the classes best (${figures}).`
    : `repeated runs agree, but the classes hardly lie apart (${figures}).`;
  return { nClasses, reason: `${classes(nClasses)}: ${why}${aboutBic(nClasses, byBic)}`, clear: structured };
}

function bestSeparated(numbers: readonly ClassNumber[]): ClassNumber {
  const top = numbers.reduce((best, next) => (next.silhouette! > best.silhouette! ? next : best));
  const close = numbers.filter(({ silhouette }) => silhouette! >= top.silhouette! - top.silhouetteError!);
  return close.reduce((best, next) => (next.stability > best.stability ? next : best));
}

function moreStable(best: ClassNumber | undefined, next: ClassNumber): ClassNumber {
  return best === undefined || next.stability > best.stability ? next : best;
}

function smallerBic(best: ClassNumber | undefined, next: ClassNumber): ClassNumber {
  return best === undefined || next.bic! < best.bic! ? next : best;
}

function classes(n: number): string {
  return n === 1 ? "1 class" : `${n} classes`;
}

function withError({ silhouette, silhouetteError }: ClassNumber): string {
  const value = silhouette!.toFixed(2);
  return silhouetteError === 0 ? value : `${value} ± ${silhouetteError!.toFixed(2)}`;
}

function aboutBic(nClasses: number, byBic: ClassNumber | undefined): string {
  if (byBic === undefined) return "";
  if (byBic.nClasses === nClasses) return " BIC is smallest here, too.";
  if (byBic.nClasses < nClasses) return ` BIC is smallest at ${byBic.nClasses}.`;
  return ` BIC falls on to ${byBic.nClasses}, as it does where mixed pixels make groups that are not Gaussian.`;
}
