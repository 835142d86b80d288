import { IconTopologyStar } from "@tabler/icons-react";
import { BRUSH_LIMITS } from "../../session/selection/brush.js";
import { useSharedValue } from "../../session/use-shared-value.js";
import type { ViewSession } from "../../session/view-session.js";
import { TextButton } from "../../ui/text-button.js";
import { ThinSlider } from "../../ui/thin-slider.js";

/** What the chosen tool can be told: size of the brush, reach of the wand. Nothing for the others. */
export function ToolOptionControls({ session: { linked } }: { readonly session: Pick<ViewSession, "linked"> }) {
  const tool = useSharedValue(linked.tool).value;
  const options = useSharedValue(linked.toolOptions).value;
  const { brushDiameter, wandSigma, wandConnected } = options;
  if (tool === "brush") {
    return (
      <ThinSlider
        label="Size"
        min={BRUSH_LIMITS.least}
        max={BRUSH_LIMITS.most}
        step={1}
        value={brushDiameter}
        text={`${brushDiameter} px`}
        onChange={(size) => linked.toolOptions.set({ ...options, brushDiameter: size }, "belt")}
      />
    );
  }
  if (tool !== "wand") return null;
  return (
    <>
      <ThinSlider
        label="Within"
        min={0}
        max={12}
        step={0.5}
        value={wandSigma}
        text={`${wandSigma} σ`}
        onChange={(sigma) => linked.toolOptions.set({ ...options, wandSigma: sigma }, "belt")}
      />
      <TextButton
        look="plain"
        pressed={wandConnected}
        onClick={() => linked.toolOptions.set({ ...options, wandConnected: !wandConnected }, "belt")}
      >
        <IconTopologyStar size={16} stroke={1.6} aria-hidden /> <span className="roomy">Connected only</span>
      </TextButton>
    </>
  );
}
