import { formatPercent, lineColour } from "@sigma-eds/core";
import { useRef } from "react";
import { SpectrumLines } from "../../ui/charts/spectrum-lines.js";
import { ClassSwatch } from "../../ui/class-swatch.js";
import { useSize } from "../../ui/plane/use-plane.js";
import type { Endmember, MapFit } from "./endmember-fit.js";
import { stackHeights } from "./stack-heights.js";
import styles from "./unmix-view.module.css";

interface Props {
  readonly fit: MapFit;
  /** Standard errors of each endmember's spectrum; undefined where not known. */
  readonly errors: readonly Float64Array[] | undefined;
  /** The one that the map shows. */
  readonly chosen: number | undefined;
  readonly axis: {
    readonly offset: number;
    readonly scale: number;
    readonly range: readonly [from: number, to: number];
    readonly unit: string;
  };
  readonly theme: "dark" | "light";
  onChoose(index: number): void;
}

const NO_COLOUR = "#8a8d91";

/** Every endmember on one axis of energies, one below the other, then what they make of the whole map and what they leave; together they fill the view. */
export function EndmemberStack({ fit, errors, chosen, axis, theme, onChoose }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const heights = stackHeights(useSize(box)?.height, fit.endmembers.length);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <div ref={box} className={styles["stack"]} tabIndex={0}>
      {fit.endmembers.map((endmember) => (
        <Lane
          key={endmember.index}
          {...{ endmember, axis, theme, onChoose }}
          height={heights.lane}
          pressed={endmember.index === chosen}
          error={errors?.[endmember.index]}
        />
      ))}
      <div className={styles["lane"]}>
        <p className={styles["caption"]}>Whole map, measured, and as fitted (dashed)</p>
        <SpectrumLines
          {...axis}
          axis={false}
          height={heights.fit}
          kind="sqrt"
          lines={[
            { name: "measured", values: fit.measured },
            { name: "fitted", values: fit.modelled, dashed: true, colour: "var(--accent)" },
          ]}
          description="Mean spectrum of the map, measured and as endmembers times abundances."
        />
      </div>
      <div className={styles["lane"]}>
        <p className={styles["caption"]}>Residual, standard errors of counting</p>
        <SpectrumLines
          {...axis}
          height={heights.residual}
          kind="signed"
          lines={[{ name: "residual", values: fit.residual }]}
          description="Residual of the mean spectrum in standard errors."
        />
      </div>
    </div>
  );
}

interface LaneProps extends Pick<Props, "axis" | "theme" | "onChoose"> {
  readonly endmember: Endmember;
  readonly height: number;
  readonly pressed: boolean;
  readonly error: Float64Array | undefined;
}

function Lane({ endmember, axis, theme, height, pressed, error, onChoose }: LaneProps) {
  const { index, name, colour, share, spectrum } = endmember;
  return (
    <div className={styles["lane"]} data-chosen={pressed}>
      <button
        type="button"
        className={styles["member"]}
        aria-pressed={pressed}
        title={`${name}: its abundance fills the map`}
        onClick={() => onChoose(index)}
      >
        <ClassSwatch colour={colour ?? NO_COLOUR} />
        <span>{name}</span>
        <small>{formatPercent(share)}</small>
      </button>
      <SpectrumLines
        {...axis}
        axis={false}
        height={height}
        kind="sqrt"
        lines={[
          {
            name,
            values: spectrum,
            colour: colour === undefined ? undefined : lineColour(colour, theme),
            band: error?.map((value) => 2 * value),
          },
        ]}
        description={`Endmember ${name}, counts per pixel where it is pure, ± 2σ of counting.`}
      />
    </div>
  );
}
