import { IconDownload, IconPrinter } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { fileStem } from "../../session/file-stem.js";
import { problemOf } from "../../session/problems.js";
import { isOnItsWay } from "../../session/tag.js";
import type { ViewProps, ViewSession } from "../../session/view-session.js";
import { EmptyState } from "../../ui/empty-state.js";
import { IconAction } from "../../ui/icon-action.js";
import { TextButton } from "../../ui/text-button.js";
import { ViewFrame } from "../../ui/view-frame.js";
import { ViewTag } from "../../ui/view-tag.js";
import { isStopped } from "../../worker/replies.js";
import { PageContents } from "./page-contents.js";
import { type PageSpec, sectionsOf } from "./page-spec.js";
import styles from "./page-view.module.css";

/** The report as `sigma run` writes it, as it will be read and printed. */
export function PageView({ session, spec, onSpec }: ViewProps<PageSpec>) {
  const { image, analysis, partial, actions } = session;
  const frame = useRef<HTMLIFrameElement>(null);
  const { html, problem, writing } = useReport(session, spec);
  const address = useAddress(html);
  const [choosing, setChoosing] = useState(spec.leftOut.length > 0);
  if (analysis === undefined || partial) {
    return (
      <ViewFrame title="Report">
        <EmptyState sentence={isOnItsWay(session) ? "The report is on its way." : "No report yet. Find phases first."} />
      </ViewFrame>
    );
  }
  const none = html === undefined ? "The report is being written." : writing ? "The report is being written again." : undefined;
  return (
    <ViewFrame
      title="Report"
      controls={
        <TextButton look="plain" pressed={choosing} onClick={() => setChoosing(!choosing)}>
          {spec.leftOut.length === 0 ? "Contents" : `Contents, ${spec.leftOut.length} left out`}
        </TextButton>
      }
      actions={
        <>
          <IconAction icon={IconPrinter} label="Print" unavailable={none} onClick={() => frame.current?.contentWindow?.print()} />
          <IconAction
            icon={IconDownload}
            label="Save as HTML"
            unavailable={none}
            onClick={() =>
              html !== undefined && actions.download(`${fileStem(image?.name ?? "map")}-report.html`, html, "text/html")
            }
          />
        </>
      }
    >
      <div className={styles["layout"]}>
        {choosing && <PageContents spec={spec} onSpec={onSpec} />}
        <div className={styles["paper"]}>
          {problem !== undefined && <EmptyState sentence={problem} />}
          {address !== undefined && problem === undefined && (
            <iframe
              ref={frame}
              className={styles["page"]}
              style={{ colorScheme: session.theme }}
              sandbox="allow-same-origin allow-modals"
              title="Report"
              src={address}
            />
          )}
        </div>
      </div>
      {writing && <ViewTag>{html === undefined ? "Writing the report ..." : "Out of date, being written again ..."}</ViewTag>}
    </ViewFrame>
  );
}

/** Edits come in quick succession; the report waits until they rest. */
const REST_MS = 600;

interface Written {
  readonly html: string | undefined;
  readonly problem: string | undefined;
  /** True while what is shown is not of the newest result. */
  readonly writing: boolean;
}

interface WrittenOf {
  readonly of: unknown;
  /** What was left out of it. */
  readonly parts: string;
  readonly html?: string;
  readonly problem?: string;
}

/** The report of the finished result, written anew after each change of it. */
function useReport({ analysis, partial, activity, engine }: ViewSession, spec: PageSpec): Written {
  const [written, setWritten] = useState<WrittenOf>({ of: undefined, parts: "" });
  const parts = spec.leftOut.join();
  const ready = analysis !== undefined && !partial && activity.kind === "idle";
  useEffect(() => {
    if (!ready || (written.of === analysis && written.parts === parts)) return undefined;
    let wanted = true;
    const timer = setTimeout(() => {
      engine.report(sectionsOf(spec)).then(
        (html) => wanted && setWritten({ of: analysis, parts, html }),
        // Ended because something else was begun: it is written when that is done.
        (error: unknown) =>
          wanted && !isStopped(error) && setWritten({ of: analysis, parts, problem: problemOf("run", error).title }),
      );
    }, REST_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [analysis, ready, engine, written, spec, parts]);
  return { html: written.html, problem: written.problem, writing: written.of !== analysis || written.parts !== parts };
}

/** A page of this browser alone, so that it keeps its own style and prints by itself. */
function useAddress(html: string | undefined): string | undefined {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (html === undefined) return undefined;
    const made = URL.createObjectURL(new Blob([html], { type: "text/html" }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [html]);
  return address;
}
