/** The commands of the shell: file, run, undo, tools, selection, stages, classes. Views register their own while they are shown. */
import type { Command } from "../session/commands.js";
import { fileStem } from "../session/file-stem.js";
import { makeNamedClass } from "../session/naming-new-class.js";
import { addStep } from "../session/recipe-acts.js";
import { readingRefusal, runRefusal } from "../session/refusals.js";
import { inAnyFrame, inEveryFrame } from "../session/selection/masks.js";
import { boundaryMask, fillHoles, growMask, largestGrain, shrinkMask } from "../session/selection/morphology.js";
import {
  clearSelection,
  invertSelection,
  reshapeSelection,
  selectEverything,
  selectRegion,
} from "../session/selection/selecting.js";
import { boundaryRegion, similarRegion } from "../session/selection/whole-map-regions.js";
import { selectionRefusal } from "../session/selection-edits.js";
import type { Session } from "../session/session.js";
import { resultAfterEdit } from "../session/settled.js";
import { unmixStepOf, withUnmix } from "../session/unmix-recipe.js";
import type { ViewSession } from "../session/view-session.js";
import { chooseFiles } from "../ui/choose-files.js";
import { commandLine, recipeText } from "../views/recipe/recipe-words.js";
import { askingCommands } from "./asking-commands.js";
import { classCommands } from "./class-commands.js";
import { exportCommands } from "./export-commands.js";
import { openGiven } from "./open-given.js";
import { problemReport } from "./problem-report.js";
import { recipeCommands } from "./recipe-commands.js";
import { modeWords, toolWords } from "./shell/belt-tools.js";
import { stageWords } from "./shell/stages.js";
import { TUTORIAL } from "./tutorial-address.js";
import { views } from "./view-registry.js";

export interface ShellActs {
  chooseFiles(): void;
  openPalette(): void;
  showKeys(): void;
  showSettings(): void;
}

const SOURCE = "command";

/** `shown` gives the session as it is when a command is asked for. */
export function appCommands(session: Session, shown: () => ViewSession, acts: ShellActs): Command[] {
  return [
    ...fileCommands(session, shown, acts),
    ...exportCommands(session, shown),
    ...runCommands(session, shown),
    ...recipeCommands(session, shown),
    ...historyCommands(session, shown),
    ...toolCommands(session),
    ...selectionCommands(session, shown),
    ...classCommands(session, shown),
    ...askingCommands(session, shown),
    ...stageCommands(session, shown),
    ...lookCommands(session, shown),
  ];
}

function fileCommands(session: Session, shown: () => ViewSession, acts: ShellActs): Command[] {
  return [
    { id: "palette.open", title: "Find an action", keys: "Ctrl K", run: acts.openPalette },
    { id: "file.open", title: "Open file", keys: "Ctrl O", words: "load drop dataset", run: acts.chooseFiles },
    {
      id: "file.example",
      title: "Open example",
      words: "seven minerals phantom",
      run: () => session.actions.openExample("seven-minerals"),
    },
    { id: "file.start", title: "Go to Start", words: "recent welcome", run: () => session.store.setState({ onStart: true }) },
    {
      id: "session.save",
      title: "Save session",
      keys: "Ctrl S",
      words: "file keep",
      unavailable: () => (shown().image === undefined ? "Open a file first." : undefined),
      run: async () => {
        const stem = fileStem(shown().image?.name ?? "session");
        session.actions.download(`${stem}.sigma`, await session.sessionFile(), "application/zip");
      },
    },
    {
      id: "session.open",
      title: "Open session",
      words: "file restore",
      run: async () => {
        const [file] = await chooseFiles();
        if (file !== undefined) await openGiven(session, [file]);
      },
    },
    {
      id: "session.apply-recipe",
      title: "Open recipe",
      words: "json apply",
      run: async () => {
        const [file] = await chooseFiles();
        if (file !== undefined) await openGiven(session, [file]);
      },
    },
    {
      id: "recipe.save",
      title: "Save recipe",
      words: "json command line",
      unavailable: () => (shown().analysis === undefined ? "Find the phases first." : undefined),
      run: async () => {
        const result = await resultAfterEdit(session.store);
        if (result === undefined) return;
        session.actions.download("recipe.json", recipeText(result.recipe), "application/json");
      },
    },
    {
      id: "recipe.copy-command",
      title: "Copy command line",
      words: "sigma run terminal",
      unavailable: () => (shown().file === undefined ? "Open a file first." : undefined),
      run: async () => {
        const { file, image } = shown();
        await navigator.clipboard.writeText(commandLine(file?.name, image?.dataset ?? 0)).then(
          () => session.actions.say("Copied. Save the recipe beside the file."),
          () => session.actions.say("The browser did not allow copying. The panel Recipe shows the command line."),
        );
      },
    },
    {
      id: "help.tutorial",
      title: "Open the tutorial",
      words: "help manual guide pictures",
      run: () => void window.open(TUTORIAL, "_blank", "noreferrer"),
    },
    {
      id: "help.report-problem",
      title: "Report a problem",
      words: "bug error copy",
      run: async () => {
        await navigator.clipboard.writeText(problemReport(shown(), navigator.userAgent));
        session.actions.say("Copied a text for the report. Nothing was sent.");
      },
    },
    {
      id: "settings.open",
      title: "Settings",
      words: "preferences options theme shortcuts single keys patterns",
      run: acts.showSettings,
    },
    { id: "help.keys", title: "Keys and help", keys: "F1, ?", words: "shortcuts keyboard", run: acts.showKeys },
  ];
}

function runCommands({ actions, store }: Session, shown: () => ViewSession): Command[] {
  const notRunning = (): string | undefined => (shown().activity.kind === "running" ? undefined : "Nothing is running.");
  const canRun = (): string | undefined => runRefusal(shown());
  return [
    {
      id: "run.find-phases",
      title: "Find phases",
      words: "analyse run start auto",
      unavailable: canRun,
      run: () => {
        if (shown().stage === "inspect") actions.goToStage("find-phases");
        return actions.findPhases();
      },
    },
    {
      id: "run.unmix",
      title: "Unmix",
      words: "endmembers nmf abundances",
      unavailable: () => canRun() ?? (shown().analysis === undefined ? "Find the phases first." : undefined),
      run: () => {
        const { recipe } = store.getState();
        if (unmixStepOf(recipe) === undefined) actions.changeRecipe(withUnmix(recipe));
        actions.goToStage("unmix");
        return actions.findPhases();
      },
    },
    {
      id: "run.identify",
      title: "Identify all classes",
      words: "names minerals compositions phases",
      unavailable: () => canRun() ?? (shown().analysis === undefined ? "Find the phases first." : undefined),
      run: () => {
        actions.goToStage("identify");
        if (shown().recipe.steps.some(({ step }) => step === "identify")) return undefined;
        const refusal = addStep(shown(), { step: "identify" });
        if (refusal !== undefined) return actions.say(refusal.sentence);
        return actions.findPhases();
      },
    },
    { id: "run.again", title: "Try again", unavailable: canRun, run: () => actions.findPhases() },
    { id: "run.stop", title: "Stop", unavailable: notRunning, run: () => actions.stop() },
    {
      id: "run.bin",
      title: "Join 2 × 2 pixels",
      words: "memory bin 2 x 2",
      unavailable: canRun,
      run: () => {
        actions.changeRecipe((recipe) => ({
          ...recipe,
          steps: [{ step: "bin", factor: 2 }, ...recipe.steps.filter(({ step }) => step !== "bin")],
        }));
        return actions.findPhases();
      },
    },
  ];
}

function historyCommands({ actions }: Session, shown: () => ViewSession): Command[] {
  const undone = (): boolean => shown().history.some(({ applied }) => !applied);
  const done = (): boolean => shown().history.some(({ id, applied }) => id > 0 && applied);
  return [
    {
      id: "edit.undo",
      title: "Undo",
      keys: "Ctrl Z",
      repeats: true,
      unavailable: () => (done() ? undefined : "Nothing to undo."),
      run: () => actions.undo(),
    },
    {
      id: "edit.redo",
      title: "Redo",
      keys: "Ctrl Shift Z, Ctrl Y",
      repeats: true,
      unavailable: () => (undone() ? undefined : "Nothing to redo."),
      run: () => actions.redo(),
    },
  ];
}

function toolCommands({ linked }: Session): Command[] {
  return [
    ...toolWords.map(({ id, title, keys }) => ({
      id: `tool.${id}`,
      title: `Tool: ${title}`,
      keys,
      run: () => linked.tool.set(id, SOURCE),
    })),
    ...modeWords.map(({ id, title, keys }) => ({ id: `mode.${id}`, title, keys, run: () => linked.mode.set(id, SOURCE) })),
  ];
}

function selectionCommands(session: Session, shown: () => ViewSession): Command[] {
  const { linked } = session;
  const reading = (): string | undefined => readingRefusal(shown());
  const nothing = (): string | undefined =>
    reading() ?? (linked.selection.current.value.count === 0 ? "Nothing is selected." : undefined);
  const reshape = (
    id: string,
    title: string,
    made: string,
    change: (mask: Uint8Array, frame: { width: number; height: number }) => Uint8Array,
  ): Command => ({
    id,
    title,
    words: "selection",
    unavailable: nothing,
    run: () =>
      reshapeSelection(
        shown(),
        made,
        (mask, { grid }) => inEveryFrame(change(inAnyFrame(mask, grid.frames), grid), grid.frames),
        SOURCE,
      ),
  });
  return [
    {
      id: "select.all",
      title: "Select all visible",
      keys: "Ctrl A",
      unavailable: reading,
      run: () => selectEverything(shown(), SOURCE),
    },
    {
      id: "select.invert",
      title: "Invert selection",
      keys: "Ctrl I",
      unavailable: reading,
      run: () => invertSelection(shown(), SOURCE),
    },
    {
      id: "select.clear",
      title: "Clear selection",
      keys: "Escape",
      unavailable: nothing,
      run: () => clearSelection(shown(), SOURCE),
    },
    {
      id: "select.by-rule",
      title: "Select by rule...",
      words: "gate condition counts membership entropy",
      run: () => linked.tool.set("gate", SOURCE),
    },
    {
      id: "select.similar",
      title: "Select similar pixels",
      words: "wand like everywhere spectra agree",
      unavailable: () => (shown().analysis === undefined ? "Find the phases first." : nothing()),
      run: () => {
        const similar = similarRegion(shown());
        if (similar !== undefined && selectRegion(shown(), similar, "replace", SOURCE)) session.actions.say(similar.words);
      },
    },
    {
      id: "select.boundary-pixels",
      title: "Show boundary pixels",
      words: "select edges neighbours of another class",
      unavailable: () => (shown().analysis?.labels === undefined ? "Find the phases first." : undefined),
      run: () => {
        const region = boundaryRegion(shown());
        if (region !== undefined) selectRegion(shown(), region, "replace", SOURCE);
      },
    },
    reshape("select.grow", "Grow selection", "Grown", growMask),
    reshape("select.shrink", "Shrink selection", "Shrunk", shrinkMask),
    reshape("select.fill", "Fill holes of selection", "Filled", fillHoles),
    reshape("select.largest", "Largest grain of selection only", "Largest grain", largestGrain),
    reshape("select.boundary", "Boundary of selection only", "Boundary", boundaryMask),
    {
      id: "edit.make-class",
      title: "Make a class",
      keys: "N",
      words: "new from selection",
      unavailable: () => selectionRefusal(shown()),
      run: () => makeNamedClass(shown),
    },
  ];
}

function stageCommands({ actions }: Session, shown: () => ViewSession): Command[] {
  const stages = stageWords.map(({ id, title }, i) => ({
    id: `stage.${id}`,
    title: `Go to ${title}`,
    keys: `Shift ${i + 1}`,
    words: "stage step",
    run: () => actions.goToStage(id),
  }));
  const shownViews = views.map(({ id, title }) => ({
    id: `view.${id}`,
    title: `Show ${title}`,
    words: "view panel open",
    run: () => actions.openView(id),
  }));
  return [
    ...stages,
    ...shownViews,
    {
      id: "view.reset",
      title: "Reset this arrangement",
      words: "layout default views",
      run: () => actions.resetArrangement(shown().stage),
    },
  ];
}

function lookCommands({ store }: Session, shown: () => ViewSession): Command[] {
  return [
    {
      id: "look.theme",
      title: "Theme: dark or light",
      words: "colour night day",
      run: () => store.setState({ themeChoice: shown().theme === "dark" ? "light" : "dark" }),
    },
    { id: "look.theme-system", title: "Theme of the system", run: () => store.setState({ themeChoice: "system" }) },
    {
      id: "look.all-controls",
      title: "Show all controls",
      words: "basic expert parameters",
      run: () => store.setState(({ allControls }) => ({ allControls: !allControls })),
    },
  ];
}
