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
 * The finest division that the data bear. Numbers are kept at which repeated runs agree (stability 0.8 or more) and classes lie apart (silhouette 0.25
 * or more). Of those the one with the smallest BIC is taken: without the first condition BIC goes on falling on maps, as mixed pixels at boundaries are
 * not Gaussian. For methods without a likelihood it is the one with the largest silhouette, which favours coarse divisions; numbers within a standard
 * error of it are told apart by stability. Ties go to the smaller number. Where no number is kept, the one with the smallest BIC or else the most
 * stable one, with doubt. One class is only recommended where it was tried, BIC is smallest there and no number is kept.
 */
export function recommendClasses(numbers: readonly ClassNumber[]): Recommendation {
  const several = numbers.filter(({ silhouette }) => silhouette !== undefined);
  const byBic = numbers.reduce<ClassNumber | undefined>(smallerBic, undefined);
  const steady = several.filter(({ stability }) => stability >= STEADY);
  const kept = steady.filter(({ silhouette }) => silhouette! >= NO_STRUCTURE);
  if (kept.length > 0) {
    const best = kept.reduce<ClassNumber | undefined>(smallerBic, undefined) ?? bestSeparated(kept);
    const merit = best.bic === undefined ? "separates the classes best" : "describes the pixels best for its size (BIC)";
    const why = `of the numbers at which repeated runs agree and classes lie apart, this one ${merit}; ${figuresOf(best)}.`;
    return { nClasses: best.nClasses, reason: `${best.nClasses} classes: ${why}${aboutBic(best.nClasses, byBic)}`, clear: true };
  }
  if (byBic?.nClasses === 1) {
    return {
      nClasses: 1,
      reason: "One class: no larger number gives groups that hold, and BIC is smallest at one.",
      clear: true,
    };
  }
  const best =
    several.reduce<ClassNumber | undefined>(smallerBic, undefined) ??
    several.reduce<ClassNumber | undefined>(moreStable, undefined);
  if (best === undefined) return { nClasses: 1, reason: "One class: the pixels form no groups.", clear: false };
  const problem =
    steady.length > 0 ? "where repeated runs agree, the classes hardly lie apart" : "repeated runs agree at no number";
  return {
    nClasses: best.nClasses,
    reason: `${best.nClasses} classes, with doubt: ${problem}; ${figuresOf(best)}.`,
    clear: false,
  };
}

function bestSeparated(numbers: readonly ClassNumber[]): ClassNumber {
  const top = numbers.reduce((best, next) => (next.silhouette! > best.silhouette! ? next : best));
  const close = numbers.filter(({ silhouette }) => silhouette! >= top.silhouette! - top.silhouetteError!);
  return close.reduce((best, next) => (next.stability > best.stability ? next : best));
}

function moreStable(best: ClassNumber | undefined, next: ClassNumber): ClassNumber {
  return best === undefined || next.stability > best.stability ? next : best;
}

function smallerBic(best: ClassNumber | undefined, next: ClassNumber): ClassNumber | undefined {
  if (next.bic === undefined) return best;
  return best === undefined || next.bic < best.bic! ? next : best;
}

function figuresOf({ silhouette, silhouetteError, stability }: ClassNumber): string {
  const error = silhouetteError === 0 ? "" : ` ± ${silhouetteError!.toFixed(2)}`;
  return `silhouette ${silhouette!.toFixed(2)}${error}, stability ${stability.toFixed(2)}`;
}

function aboutBic(nClasses: number, byBic: ClassNumber | undefined): string {
  if (byBic === undefined || byBic.nClasses === nClasses) return "";
  if (byBic.nClasses < nClasses) return ` BIC alone would take ${byBic.nClasses}.`;
  return ` BIC alone would take ${byBic.nClasses}, which do not hold from run to run or hardly lie apart.`;
}
