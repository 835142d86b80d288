/** What the palette asks something for: which class, which element, which energy. */
import { elementOf, elements, formatFixed, isEnergyCalibrated, linesNear, lineText, mainLine } from "@sigma-eds/core";
import { chooseClasses } from "../session/class-choice.js";
import { type Answer, asking, type Command } from "../session/commands.js";
import { linesMarked, switchElement } from "../session/marked-lines.js";
import type { Session } from "../session/session.js";
import type { ViewSession } from "../session/view-session.js";

const SOURCE = "palette";

export function askingCommands(session: Session, shown: () => ViewSession): Command[] {
  const noImage = (): string | undefined => (shown().image === undefined ? "Open a file first." : undefined);
  const noEnergies = (): string | undefined => {
    const axis = shown().image?.energyAxis;
    return axis === undefined || isEnergyCalibrated(axis) ? noImage() : "The energies are not calibrated.";
  };
  return [
    asking({
      id: "class.choose",
      title: "Select class...",
      words: "pixels of",
      unavailable: () => (shown().analysis?.labels === undefined ? "Find the phases first." : undefined),
      asks: { prompt: "Which class?", otherwise: "No class of that name.", answers: (typed) => classAnswers(shown(), typed) },
    }),
    asking({
      id: "element.mark",
      title: "Mark element...",
      words: "unmark lines add",
      unavailable: noImage,
      asks: {
        prompt: "Which element? Its symbol or its name",
        otherwise: "No element of that name has a line to mark.",
        answers: (typed) => elementAnswers(session, shown, typed),
      },
    }),
    asking({
      id: "spectrum.lines-near",
      title: "Show lines near ... keV",
      words: "energy which candidates peak",
      unavailable: noEnergies,
      asks: {
        prompt: "Energy in keV, such as 6.4",
        otherwise: "Type an energy in keV. Lines within 0.1 keV of it are listed.",
        answers: (typed) => lineAnswers(session, typed),
      },
    }),
    asking({
      id: "map.window",
      title: "Map window ... to ... keV",
      words: "energy counts live map",
      unavailable: noEnergies,
      asks: {
        prompt: "From and to in keV, such as 6.2 to 6.6",
        otherwise: "Type two energies in keV, the lower one first.",
        answers: (typed) => windowAnswers(session, typed),
      },
    }),
    // The spectrum puts its own in this place while it is shown.
    {
      id: "spectrum.compare-with",
      title: "Compare spectrum with...",
      unavailable: () => "Show the spectrum first.",
      run: () => {},
    },
  ];
}

function classAnswers(session: ViewSession, typed: string): Answer[] {
  const found = session.analysis?.classes.filter(({ name }) => name.toLowerCase().includes(typed.trim().toLowerCase())) ?? [];
  return found.map(({ id, name }) => ({ id: String(id), title: name, run: () => chooseClasses(session, [id], SOURCE) }));
}

const MOST_ANSWERS = 12;

/** The symbol itself first, then what begins so. */
export function elementAnswers(
  { actions }: { readonly actions: Pick<Session["actions"], "changeRecipe"> },
  shown: () => Pick<ViewSession, "recipe" | "analysis" | "image">,
  typed: string,
): Answer[] {
  const wanted = typed.trim().toLowerCase();
  const beam = shown().image?.metadata.beamEnergyKev;
  const marked = new Set(linesMarked(shown()).map(elementOf));
  return elements
    .filter(({ symbol, name }) => symbol.toLowerCase().startsWith(wanted) || name.startsWith(wanted))
    .filter(({ symbol }) => mainLine(symbol, beam) !== undefined)
    .sort((a, b) => Number(b.symbol.toLowerCase() === wanted) - Number(a.symbol.toLowerCase() === wanted) || a.number - b.number)
    .slice(0, MOST_ANSWERS)
    .map(({ symbol, name }) => ({
      id: symbol,
      title: `${marked.has(symbol) ? "Unmark" : "Mark"} ${symbol}, ${name}`,
      run: () => switchElement({ actions, now: shown }, symbol),
    }));
}

/** How far a line may be from the energy, keV. */
const NEAR = 0.1;
/** Weaker lines of a family are not listed. */
const LEAST_WEIGHT = 0.05;

export function lineAnswers(
  { linked, actions }: { readonly linked: Session["linked"]; readonly actions: Pick<Session["actions"], "openView"> },
  typed: string,
): Answer[] {
  const [kev] = energiesIn(typed);
  if (kev === undefined) return [];
  return linesNear(kev, NEAR, { minimumWeight: LEAST_WEIGHT })
    .slice(0, MOST_ANSWERS)
    .map(({ name, energyKev }) => ({
      id: name,
      title: `${lineText(name)}, ${formatFixed(energyKev, 3)} keV`,
      hint: `${formatFixed(1000 * (energyKev - kev), 0)} eV away`,
      run: () => {
        actions.openView("spectrum");
        linked.energyRange.set([Math.max(0, energyKev - 1), energyKev + 1], SOURCE);
        linked.hover.set({ kind: "line", line: name }, SOURCE);
      },
    }));
}

export function windowAnswers({ linked }: Pick<Session, "linked">, typed: string): Answer[] {
  const [fromKev, toKev] = energiesIn(typed);
  if (fromKev === undefined || toKev === undefined || !(fromKev < toKev)) return [];
  return [
    {
      id: "window",
      title: `Map ${formatFixed(fromKev, 3)} to ${formatFixed(toKev, 3)} keV`,
      run: () => {
        linked.energyWindow.set({ fromKev, toKev, name: undefined }, SOURCE);
        linked.colouring.set({ ...linked.colouring.current.value, by: { kind: "window" } }, SOURCE);
      },
    },
  ];
}

/** The numbers in a text, with a point or a comma before their decimals. */
function energiesIn(typed: string): number[] {
  return [...typed.matchAll(/\d+(?:[.,]\d+)?/g)].map(([text]) => Number(text.replace(",", ".")));
}
