/** How a picture looks in grey, and to people with other colour vision: filters over linear light, with the core's matrices; grey is the luminance of Rec. 709. */
import { type ColourVision, visionMatrices } from "@sigma-eds/core";

export type Vision = ColourVision | "grey";

export const visions: readonly { readonly value: Vision; readonly label: string; readonly name: string }[] = [
  { value: "normal", label: "Colour", name: "Colours as they are" },
  { value: "grey", label: "Grey", name: "As a grey print" },
  { value: "protanopia", label: "Protan", name: "Without red cones" },
  { value: "deuteranopia", label: "Deutan", name: "Without green cones" },
  { value: "tritanopia", label: "Tritan", name: "Without blue cones" },
];

const luminance = [0.2126, 0.7152, 0.0722];
const filters: Readonly<Record<Vision, readonly number[]>> = {
  ...visionMatrices,
  grey: [...luminance, ...luminance, ...luminance],
};

export function visionFilter(vision: Vision): string | undefined {
  return vision === "normal" ? undefined : `url("#vision-${vision}")`;
}

/** The filters that {@link visionFilter} names; nothing to see. */
export function VisionFilters() {
  return (
    <svg width={0} height={0} style={{ position: "absolute" }} aria-hidden>
      {Object.entries(filters).map(([name, m]) => (
        <filter key={name} id={`vision-${name}`} colorInterpolationFilters="linearRGB">
          <feColorMatrix
            type="matrix"
            values={[0, 3, 6]
              .map((row) => `${m.slice(row, row + 3).join(" ")} 0 0`)
              .join(" ")
              .concat(" 0 0 0 1 0")}
          />
        </filter>
      ))}
    </svg>
  );
}
