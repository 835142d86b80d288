import type { ViewDefinition } from "../../session/view-session.js";
import { parseSpectrumSpec, type SpectrumSpec } from "./spectrum-spec.js";
import { SpectrumView } from "./spectrum-view.js";

export const spectrumView: ViewDefinition<SpectrumSpec> = {
  id: "spectrum",
  title: "Spectrum",
  component: SpectrumView,
  parseSpec: parseSpectrumSpec,
};
