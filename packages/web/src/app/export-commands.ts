/** What can be taken away: everything as one zip, the report, the table, a figure. */
import { zipFiles } from "@sigma-eds/core";
import type { Command } from "../session/commands.js";
import type { Session } from "../session/session.js";
import type { ViewSession } from "../session/view-session.js";
import type { ResultBytes } from "../worker/engine-protocol.js";
import { fileStem } from "./file-stem.js";

/** In the order of the menu of the button Export. */
export const exportCommandIds = [
  "export.all",
  "export.figure",
  "export.report",
  "export.table",
  "export.labels",
  "recipe.save",
  "session.save",
] as const;

export function exportCommands(session: Session, shown: () => ViewSession): Command[] {
  const unfinished = (): string | undefined => {
    const { analysis, partial, activity } = shown();
    if (analysis === undefined || partial) return "Find the phases first.";
    return activity.kind === "idle" ? undefined : "Something is running.";
  };
  const single = (id: string, title: string, path: string, mediaType: string, words: string): Command => ({
    id,
    title,
    words,
    unavailable: unfinished,
    run: () =>
      handOver(session, shown, async (files) => {
        const file = files.find((candidate) => candidate.path === path);
        if (file === undefined) return `This result has no ${path}.`;
        session.actions.download(`${stemOf(shown())}-${path}`, file.bytes, mediaType);
        return `${path} written.`;
      }),
  });
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
        session.actions.goToStage("report");
        session.actions.openView("report");
      },
    },
    single("export.report", "Export report", "report.html", "text/html", "html page evidence"),
    single("export.table", "Export table of phases", "phases.csv", "text/csv", "csv areas compositions"),
    single("export.labels", "Export labels as TIFF", "labels.tif", "image/tiff", "map classes"),
  ];
}

/** Has the result's files made in the worker, then does something with them and says what came of it. */
async function handOver(
  session: Session,
  shown: () => ViewSession,
  use: (files: readonly ResultBytes[]) => Promise<string>,
): Promise<void> {
  session.actions.say("Writing the files of the result ...");
  const files = await shown().engine.resultFiles(() => {});
  session.actions.say(await use(files));
}

function stemOf({ image, file }: ViewSession): string {
  return fileStem(file?.name ?? image?.name ?? "sigma");
}
