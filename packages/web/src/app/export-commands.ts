/** What can be taken away: everything as one zip, the report, the table, a figure. */
import { phasesCsv, type ReportSectionId, writeTiff, zipFiles } from "@sigma-eds/core";
import type { Command } from "../session/commands.js";
import { allFigures } from "../session/figures/all-figures.js";
import { fileStem } from "../session/file-stem.js";
import { isPending } from "../session/finishing.js";
import { namedMasks } from "../session/named-masks.js";
import { problemOf } from "../session/problems.js";
import type { Session } from "../session/session.js";
import { wholeResult } from "../session/settled.js";
import type { ViewSession } from "../session/view-session.js";
import { PAGE, parsePageSpec, sectionsOf } from "../views/page/page-spec.js";
import type { ResultBytes } from "../worker/engine-protocol.js";
import { isStopped } from "../worker/replies.js";

/** In the order of the menu of the button Export. */
export const exportCommandIds = [
  "export.all",
  "export.figure",
  "export.report",
  "export.table",
  "export.labels",
  "export.masks",
  "export.image",
  "recipe.save",
  "session.save",
] as const;

export function exportCommands(session: Session, shown: () => ViewSession): Command[] {
  const unfinished = (): string | undefined => {
    const { analysis, partial, activity } = shown();
    if (analysis === undefined || partial) return "Find the phases first.";
    return activity.kind === "idle" ? undefined : "Something is running.";
  };
  const one = (id: string, title: string, words: string, write: () => Promise<void> | void): Command => ({
    ...{ id, title, words },
    unavailable: unfinished,
    run: write,
  });
  const save = (path: string, content: Uint8Array | string, mediaType: string): void => {
    const name = `${stemOf(shown())}-${path}`;
    session.actions.download(name, content, mediaType);
    session.actions.say(`${name} written.`);
  };
  return [
    {
      id: "export.all",
      title: "Export everything",
      keys: "Ctrl E",
      words: "zip result folder maps masks spectra report download",
      unavailable: unfinished,
      run: () =>
        handOver(session, shown, async (files) => {
          session.actions.download(`${stemOf(shown())}-result.zip`, await zipFiles(files), "application/zip");
          return `${files.length} files written. sigma run with this recipe gives the same labels.`;
        }),
    },
    {
      id: "export.figure",
      title: "Export figure...",
      words: "picture svg png tiff journal",
      unavailable: unfinished,
      run: () => {
        const { image, analysis, patternsForAll } = shown();
        if (image === undefined || analysis === undefined) return;
        session.actions.exportFigure(...allFigures(image, analysis, patternsForAll));
      },
    },
    one("export.report", "Export report", "html page evidence print", async () => {
      session.actions.say("Writing the report ...");
      save("report.html", await shown().engine.report(sectionsAsked(session)), "text/html");
    }),
    one("export.table", "Export table of phases", "csv areas compositions", async () => {
      if (isPending(shown().analysis)) session.actions.say("The table is written when everything in it is brought up to date.");
      const analysis = await wholeResult(session.store);
      if (analysis !== undefined) save("phases.csv", phasesCsv(analysis), "text/csv");
    }),
    one("export.labels", "Export labels as TIFF", "map classes", () => {
      const tiff = labelsTiff(shown());
      if (tiff !== undefined) save("labels.tif", tiff, "image/tiff");
    }),
    one("export.masks", "Export masks", "zip classes pixels images", () =>
      handOver(session, shown, async (files) => {
        const masks = namedMasks(files, shown().analysis?.classes ?? []);
        session.actions.download(`${stemOf(shown())}-masks.zip`, await zipFiles(masks), "application/zip");
        return `${masks.length} masks written.`;
      }),
    ),
    imageCommand(session, shown),
  ];
}

/** What is open, as it was read, before any step. */
function imageCommand(session: Session, shown: () => ViewSession): Command {
  return {
    id: "export.image",
    title: "Export spectrum image for HyperSpy",
    words: "hspy hdf5 convert counts data cube",
    unavailable: () => {
      if (shown().image === undefined) return "Open a file first.";
      return shown().activity.kind === "idle" ? undefined : "Something is running.";
    },
    run: async () => {
      session.actions.say("Writing the spectrum image ...");
      try {
        for (const { path, bytes } of await session.engine.imageFiles("hspy", stemOf(shown()))) {
          session.actions.download(path, bytes, "application/x-hdf5");
          session.actions.say(`${path} written.`);
        }
      } catch (error) {
        if (isStopped(error)) throw error;
        session.store.setState({ problem: problemOf("file", error) });
      }
    },
  };
}

/** Parts of the report as they are chosen in its view. */
function sectionsAsked({ store }: Session): readonly ReportSectionId[] | undefined {
  return sectionsOf(parsePageSpec(store.getState().specs[PAGE]));
}

/** Has the result's files made in the worker, then does something with them and says what came of it. */
async function handOver(
  session: Session,
  shown: () => ViewSession,
  use: (files: readonly ResultBytes[]) => Promise<string>,
): Promise<void> {
  session.actions.say("Writing the files of the result ...");
  const files = await shown().engine.resultFiles(() => {}, sectionsAsked(session));
  session.actions.say(await use(files));
}

/** Class id + 1 of every pixel of the first frame, 0 where there is none: the same file as `labels.tif` of the result. */
function labelsTiff({ analysis }: ViewSession): Uint8Array | undefined {
  if (analysis?.labels === undefined) return undefined;
  const { width, height, pixelSizeUm } = analysis.grid;
  return writeTiff({
    ...{ width, height, pixelSizeUm },
    data: Uint16Array.from(analysis.labels.subarray(0, width * height), (id) => id + 1),
  });
}

function stemOf({ image, file }: ViewSession): string {
  return fileStem(file?.name ?? image?.name ?? "sigma");
}
