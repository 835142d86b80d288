import { z } from "zod";
import { type Registration, registrationOf } from "../../algorithms/statistics/registration.js";
import { upscaledLabels } from "../../algorithms/statistics/upscaled-labels.js";
import { RecipeError } from "../../errors.js";
import { partOf } from "../../spectrum-image/context.js";
import { countMap, pass } from "../../spectrum-image/pass.js";
import type { Finding, NavigationImage, SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import type { Analysis } from "../analysis.js";
import { classTableOf } from "../edits/class-table.js";
import { fieldPicture, onMapGrid } from "../image-features.js";
import { need } from "../need.js";
import type { Step, StepContext } from "../step.js";
import { tell } from "../tell.js";
import type { UpscaledMasks } from "../upscaled-masks.js";

/** Where neither correlation nor correlation ratio reach this, nothing shows that two pictures are of one field. */
const LEAST_CORRELATION = 0.3;
/** A picture whose correlation ratio is larger by this much elsewhere lies there. */
const CLEARLY_BETTER = 0.05;

const schema = z.strictObject({
  step: z.literal("upscale"),
  image: z.string().min(1).max(200).meta({
    title: "Picture",
    description: "Name of a finer picture of the same field, on whose grid the class masks are wanted.",
  }),
  method: z.enum(["nearest", "smooth"]).default("smooth").meta({
    title: "Borders",
    description:
      "nearest: pixels are repeated; smooth: borders run where the probabilities, interpolated between pixels, are equal.",
  }),
});

/** Class masks on the grid of a finer picture of the same field. */
export const upscale: Step<typeof schema> = {
  id: "upscale",
  title: "Masks on a picture",
  summary: "Brings the class masks to the grid of a finer picture, and checks that the picture shows the same field.",
  schema,
  async run(analysis, { image: name, method }, context) {
    const { image } = analysis;
    const labels = need(analysis.labels, "upscale", "classes", "find-phases or cluster");
    const picture = finerPicture(image, name);
    const [height, width] = [image.counts.navigationShape.at(-2) ?? 1, image.counts.navigationShape.at(-1) ?? 1];
    const registration = await registrationWith(image, picture, labels, partOf(context, 0, 0.3));
    const fine = await upscaledLabels(
      { width, height, labels },
      { width: picture.width, height: picture.height, method, membership: membershipOf(analysis, labels) },
      partOf(context, 0.3, 1),
    );
    const upscaled: UpscaledMasks = {
      image: name,
      method,
      width: picture.width,
      height: picture.height,
      labels: fine,
      zoom: [picture.width / width, picture.height / height],
      pixelSizeUm: finePixelSize(image, picture),
      registration,
    };
    return tell({ ...analysis, upscaled }, findingsAbout(upscaled));
  },
};

/** Throws {@link RecipeError} for a picture that is no finer than the map, and for stacks, to which no single picture belongs. */
function finerPicture(image: SpectrumImage, name: string): NavigationImage {
  const shape = image.counts.navigationShape;
  if (shape.length > 2) {
    throw new RecipeError("Masks of a stack cannot be brought to one picture.", {
      where: "step upscale",
      found: `${shape.join(" x ")} pixels`,
    });
  }
  const picture = fieldPicture(image, name);
  if (picture.width >= (shape.at(-1) ?? 1) && picture.height >= (shape.at(-2) ?? 1)) return picture;
  throw new RecipeError("The picture is coarser than the map.", {
    where: "step upscale",
    field: "image",
    found: `${name}, ${picture.width} x ${picture.height}`,
    expected: `at least ${shape.at(-1)} x ${shape.at(-2)}`,
  });
}

/** Columns of the membership belong to the classes by rising id; another number of them is of classes before edits and is not used. */
function membershipOf(analysis: Analysis, labels: Int32Array): { ids: readonly number[]; data: Float32Array } | undefined {
  const ids = classTableOf(analysis, labels).entries.map(({ id }) => id);
  const { membership } = analysis;
  return membership === undefined || membership.classes !== ids.length ? undefined : { ids, data: membership.data };
}

/** Against an electron image recorded with the map, where there is one; else against all counts. */
async function registrationWith(
  image: SpectrumImage,
  picture: NavigationImage,
  labels: Int32Array,
  context: StepContext,
): Promise<Registration & { reference: string }> {
  const [height, width] = [image.counts.navigationShape.at(-2) ?? 1, image.counts.navigationShape.at(-1) ?? 1];
  const own = image.images.find((other) => other !== picture && other.width === width && other.height === height);
  const reference =
    own === undefined ? (await pass(image.counts, [countMap(image.counts)], { signal: context.signal }))[0] : own.data;
  const found = await registrationOf({ picture: onMapGrid(image, picture), reference, labels, width }, context);
  return { ...found, reference: own?.name ?? "counts of the map" };
}

function finePixelSize(
  { navigationAxes }: SpectrumImage,
  { width, height, pixelSizeUm }: NavigationImage,
): UpscaledMasks["pixelSizeUm"] {
  if (pixelSizeUm !== undefined) return pixelSizeUm;
  const [y, x] = navigationAxes.slice(-2);
  if (x?.units !== "um" || y?.units !== "um" || x.scale === undefined || y.scale === undefined) return undefined;
  return [(Math.abs(x.scale) * x.size) / width, (Math.abs(y.scale) * y.size) / height];
}

function findingsAbout({ image, width, height, zoom, registration }: UpscaledMasks): Finding[] {
  const { correlation, correlationRatio, reference, bestShift, ratioAtShift } = registration;
  const agreement = `correlation with the ${reference} ${correlation.toFixed(2)}, correlation ratio with the classes ${correlationRatio.toFixed(2)}`;
  const findings: Finding[] = [
    { severity: "info", code: "masks-upscaled", message: `Class masks on ${image} (${width} x ${height}): ${agreement}.` },
  ];
  const warn = (code: string, message: string): void => void findings.push({ severity: "warning", code, message });
  if (!zoom.every(Number.isInteger)) {
    const times = zoom.map((factor) => Number(factor.toPrecision(4))).join(" and ");
    warn(
      "no-whole-multiple",
      `${image} has ${times} pixels per pixel of the map, no whole number: borders may be off by a pixel of the picture.`,
    );
  }
  if (Math.max(Math.abs(correlation), correlationRatio) < LEAST_CORRELATION) {
    warn("low-correlation", `${image} hardly agrees with the map (${agreement}): check that both show the same field.`);
  }
  const [best, now] = ratioAtShift;
  if (best > now + CLEARLY_BETTER) {
    const [x, y] = bestShift;
    const ratios = `correlation ratio ${best.toFixed(2)} instead of ${now.toFixed(2)}`;
    warn(
      "shifted",
      `${image} fits the classes better when it is moved by ${-x} pixels of the map to the right and ${-y} down (${ratios}).`,
    );
  }
  return findings;
}
