import { IconDownload, IconPrinter } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { fileStem } from "../../session/file-stem.js";
import { problemOf } from "../../session/problems.js";
import type { ViewProps, ViewSession } from "../../session/view-session.js";
import { EmptyState } from "../../ui/empty-state.js";
import { IconAction } from "../../ui/icon-action.js";
import { ViewFrame } from "../../ui/view-frame.js";
import { ViewTag } from "../../ui/view-tag.js";
import styles from "./page-view.module.css";

/** The report as `sigma run` writes it, as it will be read and printed. */
export function PageView({ session }: ViewProps<Record<string, never>>) {
  const { image, analysis, partial, actions } = session;
  const frame = useRef<HTMLIFrameElement>(null);
  const { html, problem, writing } = useReport(session);
  const address = useAddress(html);
  if (analysis === undefined || partial) {
    return (
      <ViewFrame title="Report">
        <EmptyState sentence="No report yet. Find phases first." />
      </ViewFrame>
    );
  }
  const none = html === undefined ? "The report is being written." : undefined;
  return (
    <ViewFrame
      title="Report"
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

/** The report of the finished result, written anew after each change of it. */
function useReport({ analysis, partial, activity, engine }: ViewSession): Written {
  const [written, setWritten] = useState<{ readonly of: unknown; readonly html?: string; readonly problem?: string }>({
    of: undefined,
  });
  const ready = analysis !== undefined && !partial && activity.kind === "idle";
  useEffect(() => {
    if (!ready || written.of === analysis) return undefined;
    let wanted = true;
    const timer = setTimeout(() => {
      engine.report().then(
        (html) => wanted && setWritten({ of: analysis, html }),
        (error: unknown) => wanted && setWritten({ of: analysis, problem: problemOf("run", error).title }),
      );
    }, REST_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [analysis, ready, engine, written]);
  return { html: written.html, problem: written.problem, writing: written.of !== analysis };
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
