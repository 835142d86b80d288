import { formatFixed, isEnergyCalibrated } from "@sigma-eds/core";
import { workRefusal } from "../../session/refusals.js";
import type { ViewSession } from "../../session/view-session.js";
import panel from "../../ui/panel/panel.module.css";
import { PanelSection } from "../../ui/panel/panel-section.js";
import { TextButton } from "../../ui/text-button.js";
import { calibrationWords, fileEntry, isCalibrated, withCalibration } from "./calibration-draft.js";

/** Where the energies of the channels come from, the way to look at them against known lines, and the way back to the file's. */
export function CalibrationPanel({ session }: { readonly session: ViewSession }) {
  const { image, recipe, actions } = session;
  if (image === undefined || !image.sumSpectrum.some((count) => count > 0)) return null;
  const axis = image.energyAxis;
  const busy = workRefusal(session);
  const ofFile = isEnergyCalibrated(axis)
    ? `The file: offset ${formatFixed(axis.offset, 4)} keV, ${formatFixed(1000 * axis.scale, 3)} eV per channel.`
    : "The file states no energies: no line can be named before they are given.";
  return (
    <PanelSection title="Energies" aside={calibrationWords(recipe, axis)}>
      <div className={panel["panel"]}>
        <p className={panel["hint"]}>{ofFile}</p>
        <div className={panel["row"]}>
          <TextButton onClick={() => actions.openView("calibration")}>Calibrate energies...</TextButton>
          {isCalibrated(recipe, axis) && (
            <TextButton
              look="plain"
              unavailable={busy}
              onClick={() => actions.changeRecipe((now) => withCalibration(now, fileEntry(now, axis)), "Energies as in the file")}
            >
              Back to the file's energies
            </TextButton>
          )}
        </div>
      </div>
    </PanelSection>
  );
}
