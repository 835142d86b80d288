import type { ViewDefinition } from "../../session/view-session.js";
import { type LatentSpec, parseLatentSpec } from "./latent-spec.js";
import { LatentView } from "./latent-view.js";

export const latentView: ViewDefinition<LatentSpec> = {
  id: "latent",
  title: "Latent space",
  component: LatentView,
  parseSpec: parseLatentSpec,
};
