import { Modal } from "@mantine/core";
import { lazy, memo, Suspense, useEffect, useMemo, useState } from "react";
import type { Figure } from "../session/figure.js";
import { allFigures } from "../session/figures/all-figures.js";
import { captionOf } from "../session/figures/paper-figure.js";
import { fileStem } from "../session/file-stem.js";
import type { Session } from "../session/session.js";
import { useSessionState } from "../session/use-view-session.js";
import { Choice } from "../ui/choice.js";
import { parseFigureSpec } from "../ui/figure/figure-spec.js";
import styles from "./figure-dialog.module.css";

/** Comes when a figure is first asked for. */
const FigureBuilder = lazy(async () => ({ default: (await import("../ui/figure/figure-builder.js")).FigureBuilder }));

/** Under which the settings of the dialog are kept beside those of views. */
const SPEC = "figure-dialog";

/** Saves a figure that a view offers, or any other of the result: preview, width on paper, format. */
export const FigureDialog = memo(function FigureDialog({ session }: { readonly session: Session }) {
  const [offered, setOffered] = useState<readonly Figure[]>([]);
  const [chosen, setChosen] = useState(0);
  const saved = useSessionState(session, ({ specs }) => specs[SPEC]);
  useEffect(
    () =>
      session.onFigure((figures) => {
        setOffered(figures);
        setChosen(0);
      }),
    [session],
  );
  const isOpen = offered.length > 0;
  const image = useSessionState(session, (state) => (isOpen ? state.image : undefined));
  const analysis = useSessionState(session, (state) => (isOpen ? state.analysis : undefined));
  const patterns = useSessionState(session, ({ patternsForAll }) => patternsForAll);
  const figures = useMemo(() => {
    if (offered.length === 0 || image === undefined) return offered;
    return [...offered, ...(analysis === undefined ? [] : allFigures(image, analysis, patterns)).filter(isNew(offered))];
  }, [offered, image, analysis, patterns]);
  const figure = figures[chosen];
  return (
    <Modal
      opened={figure !== undefined && image !== undefined}
      onClose={() => setOffered([])}
      title="Export figure"
      size="min(max(1100px, 66vw), 94vw)"
      transitionProps={{ duration: 0 }}
      classNames={{ body: styles["body"] }}
    >
      {figure !== undefined && image !== undefined && (
        <>
          <Choice
            label="Figure"
            value={String(chosen)}
            choices={figures.map(({ title }, i) => ({ value: String(i), label: title }))}
            onChange={(value) => setChosen(Number(value))}
          />
          <div className={styles["figure"]}>
            <Suspense fallback={null}>
              <FigureBuilder
                figure={figure}
                spec={parseFigureSpec(saved)}
                onSpec={(spec) => session.store.setState(({ specs }) => ({ specs: { ...specs, [SPEC]: spec } }))}
                caption={captionOf(figure, image, analysis)}
                save={(name, bytes, mediaType) => session.actions.download(`${fileStem(image.name)}-${name}`, bytes, mediaType)}
              />
            </Suspense>
          </div>
        </>
      )}
    </Modal>
  );
});

function isNew(offered: readonly Figure[]): (figure: Figure) => boolean {
  const titles = new Set(offered.map(({ title }) => title));
  return ({ title }) => !titles.has(title);
}
