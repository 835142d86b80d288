/** A file whose energies are off by a known amount, put right in the app, and the same on the command line. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isEnergyCalibrated, makePhantom, writeRpl } from "@sigma-eds/core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findPhases, foundAnew, labelsOf, openApp, openFiles, runCommand, saved } from "./acts.test-support.js";
import { runRecipe } from "./command-line.test-support.js";
import { PATIENCE, type ServedApp, WALK } from "./served-app.test-support.js";
import { view } from "./specimen.test-support.js";

/** What the file states instead of the truth. */
const SHIFT_KEV = 0.045;
const STRETCH = 1.006;

interface TrueScale {
  readonly offset: number;
  readonly scale: number;
}

/** A map of minerals as a program would write it whose calibration is off; gives both parts of the file and the true axis. */
async function driftedFile(folder: string): Promise<{ parts: string[]; truth: TrueScale }> {
  const { image } = await makePhantom({ width: 44, height: 36, channels: 512, channelWidthEv: 20, countsPerPixel: 200 });
  const { energyAxis } = image;
  if (!isEnergyCalibrated(energyAxis)) expect.fail("a phantom has energies");
  const { offset, scale } = energyAxis;
  const wrong = { ...energyAxis, offset: offset + SHIFT_KEV, scale: scale * STRETCH };
  const { rpl, raw } = await writeRpl({ ...image, energyAxis: wrong });
  const pieces: Uint8Array[] = [];
  for await (const piece of raw) pieces.push(piece.slice());
  const parts = [join(folder, "drifted.rpl"), join(folder, "drifted.raw")];
  writeFileSync(parts[0]!, rpl);
  writeFileSync(parts[1]!, Buffer.concat(pieces));
  return { parts, truth: { offset, scale } };
}

/** How far an axis is off at these energies at the most, eV. */
function offBy({ offset, scale }: TrueScale, truth: TrueScale): number {
  const off = [0.6, 1.7, 3.7, 6.4].map((kev) => offset + scale * ((kev - truth.offset) / truth.scale) - kev);
  return 1000 * Math.max(...off.map(Math.abs));
}

export function calibrating(app: () => ServedApp): void {
  describe.sequential("energies", () => {
    let page: Page;
    let parts: string[];
    let truth: TrueScale;
    const calibration = () => view(page, "Calibration");
    const cells = (name: string) =>
      calibration().getByRole("table", { name: "Energy axis" }).getByRole("row", { name }).getByRole("cell").allTextContents();
    /** Of the file, and as tried; the second is missing where nothing is. */
    const shownAxes = async (): Promise<TrueScale[]> => {
      const number = (text: string): number => Number(text.split("±")[0]!.trim().replace("−", "-"));
      const [offsets, widths] = [await cells("Offset"), await cells("Channel width")];
      return offsets.map((offset, i) => ({ offset: number(offset), scale: number(widths[i] ?? "") / 1000 }));
    };
    const firstStep = async (name: string) => {
      const path = await saved(page, app().folder, name, () => runCommand(page, "Save recipe"));
      return { path, step: JSON.parse(readFileSync(path, "utf8")).steps[0] };
    };

    beforeAll(async () => {
      ({ parts, truth } = await driftedFile(app().folder));
      ({ page } = await app().page(true));
      await openApp(page, app().server);
      await openFiles(page, parts);
      await page
        .getByText(/44 × 36 px/)
        .first()
        .waitFor();
    }, WALK);

    afterAll(() => page?.context().close());

    test(
      "a calibration is seen before it is made: how far each line is off, before and after, and the axis that was lost",
      async () => {
        await page.keyboard.press("Shift+1");
        await view(page, "Energies").getByText("as in the file").waitFor();
        await view(page, "Energies").getByRole("button", { name: "Calibrate energies..." }).click();
        await calibration().getByRole("row", { name: "Si Kα" }).waitFor();
        const [stated] = await shownAxes();
        expect(stated!.offset).toBeCloseTo(truth.offset + SHIFT_KEV, 4);
        expect(offBy(stated!, truth)).toBeGreaterThan(60);
        await calibration().getByRole("radio", { name: "Fit to lines" }).click();
        const fitted = async (): Promise<number> => {
          const [, tried] = await shownAxes();
          return tried === undefined ? Number.POSITIVE_INFINITY : offBy(tried, truth);
        };
        await expect.poll(fitted, { timeout: PATIENCE }).toBeLessThan(10);
        const silicon = await calibration().getByRole("row", { name: "Si Kα" }).getByRole("cell").allTextContents();
        expect(silicon[1]).toMatch(/^\+5\d\.\d$/);
        expect(silicon[2]).toMatch(/^[+−]?\d\.\d ± \d\.\d$/);
        await calibration()
          .getByRole("img", { name: /^Peak of Si Kα: .* from its line, \+5\d\.\d eV before/ })
          .waitFor();
        await calibration()
          .getByText(/^Not applied yet/)
          .waitFor();
        await view(page, "Energies").getByText("as in the file").waitFor();
      },
      WALK,
    );

    test(
      "it is applied and phases are found with it, the same on the command line; its lines are a table",
      async () => {
        await runCommand(page, "Calibration: Apply this calibration");
        await calibration()
          .getByText(/^The recipe begins with this calibration/)
          .waitFor();
        await view(page, "Energies").getByText("fitted to lines").waitFor();
        await findPhases(page);
        await page.keyboard.press("Shift+1");
        await calibration().getByRole("row", { name: "Si Kα" }).waitFor();
        const [, tried] = await shownAxes();
        const { path, step } = await firstStep("calibrated.json");
        expect(step).toMatchObject({ step: "calibrate", automatic: "energy" });
        const out = join(app().folder, "calibrated");
        runRecipe(parts[0]!, path, out);
        expect(JSON.parse(readFileSync(join(out, "result.json"), "utf8")).labelsSha256).toBe(await labelsOf(page));
        const { offsetKev, scaleKev } = energyOf(readFileSync(join(out, "spectra", "sum.msa"), "utf8"));
        expect([offsetKev.toFixed(4), (1000 * scaleKev).toFixed(3)]).toEqual([
          tried!.offset.toFixed(4),
          (1000 * tried!.scale).toFixed(3),
        ]);
        const used = readFileSync(join(out, "calibration.csv"), "utf8").trimEnd().split("\r\n").slice(1);
        await calibration().getByRole("button", { name: "Show as table" }).click();
        const rows = calibration().getByRole("table", { name: "Lines", exact: true }).getByRole("rowheader");
        await expect.poll(() => rows.allTextContents(), { timeout: PATIENCE }).toEqual(used.map((row) => row.split(",")[0]));
        await calibration().getByRole("button", { name: "Show as table" }).click();
      },
      WALK,
    );

    test(
      "it is given back: the recipe has no calibration, and the phases are those of the file's energies",
      async () => {
        const calibrated = await labelsOf(page);
        await calibration().getByRole("button", { name: "Back to the file's energies" }).click();
        await view(page, "Energies").getByText("as in the file").waitFor();
        await foundAnew(page, (labels) => labels !== calibrated);
        expect((await firstStep("given-back.json")).step.step).not.toBe("calibrate");
      },
      WALK,
    );
  });
}

function energyOf(text: string): { readonly offsetKev: number; readonly scaleKev: number } {
  const of = (name: string): number => Number(new RegExp(`^#${name}\\s*:\\s*(\\S+)`, "m").exec(text)?.[1]);
  return { offsetKev: of("OFFSET"), scaleKev: of("XPERCHAN") };
}
