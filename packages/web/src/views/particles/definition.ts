import type { ViewDefinition } from "../../session/view-session.js";
import { type ParticleSpec, parseParticleSpec } from "./particle-rows.js";
import { ParticlesView } from "./particles-view.js";

export const particlesView: ViewDefinition<ParticleSpec> = {
  id: "particles",
  title: "Particles",
  component: ParticlesView,
  parseSpec: parseParticleSpec,
};
