import { useMemo } from "react";
import { allFigures } from "../../session/figures/all-figures.js";
import { captionOf } from "../../session/figures/paper-figure.js";
import type { ViewProps } from "../../session/view-session.js";
import { Choice } from "../../ui/choice.js";
import { EmptyState } from "../../ui/empty-state.js";
import { FigureBuilder } from "../../ui/figure/figure-builder.js";
import { ViewFrame } from "../../ui/view-frame.js";
import type { ReportSpec } from "./report-spec.js";

/** Any figure of the result at its size on paper, and the files that come of it. */
export function ReportView({ session, spec, onSpec }: ViewProps<ReportSpec>) {
  const { image, analysis, actions, patternsForAll } = session;
  const figures = useMemo(
    () => (image === undefined || analysis === undefined ? [] : allFigures(image, analysis, patternsForAll)),
    [image, analysis, patternsForAll],
  );
  const figure = figures.find(({ id }) => id === spec.figure) ?? figures[0];
  if (image === undefined || analysis === undefined || figure === undefined) {
    return (
      <ViewFrame title="Figure">
        <EmptyState sentence="Nothing to draw yet. Find phases first." />
      </ViewFrame>
    );
  }
  return (
    <ViewFrame
      title="Figure"
      controls={
        <Choice
          label="Figure"
          value={figure.id}
          choices={figures.map(({ id, title }) => ({ value: id, label: title }))}
          onChange={(id) => onSpec({ ...spec, figure: id })}
        />
      }
    >
      <FigureBuilder
        figure={figure}
        spec={spec}
        onSpec={(changed) => onSpec({ ...spec, ...changed })}
        caption={captionOf(figure, image, analysis)}
        save={actions.download}
      />
    </ViewFrame>
  );
}
