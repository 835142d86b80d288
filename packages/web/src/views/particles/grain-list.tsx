import type { Grain, PhaseClass } from "@sigma-eds/core";
import { useEffect, useRef, useState } from "react";
import { ClassSwatch } from "../../ui/class-swatch.js";
import type { HeldKeys } from "../../ui/plane/outline-gesture.js";
import { Pager } from "../../ui/table/pager.js";
import { tablePage } from "../../ui/table/table-pages.js";
import { type ParticleSpec, particleColumns } from "./particle-rows.js";
import styles from "./particles-view.module.css";

interface Props {
  /** In their order. */
  readonly grains: readonly Grain[];
  readonly unit: string;
  readonly spec: ParticleSpec;
  classOf(id: number): PhaseClass | undefined;
  onSpec(spec: ParticleSpec): void;
  /** A grain was chosen, with these keys held. */
  onGo(grain: Grain, keys: HeldKeys): void;
}

/** All grains, page by page; another order begins at the first page. */
export function GrainList({ grains, unit, spec, classOf, onSpec, onGo }: Props) {
  const [wanted, setWanted] = useState({ of: grains, page: 0 });
  const page = tablePage(grains.length, wanted.of === grains ? wanted.page : 0);
  const scroll = useRef<HTMLDivElement>(null);
  const { from } = page;
  // biome-ignore lint/correctness/useExhaustiveDependencies: every page begins at its top
  useEffect(() => {
    scroll.current?.scrollTo({ top: 0 });
  }, [from, grains]);
  return (
    <div className={styles["list"]}>
      <Pager page={page} rows={grains.length} onPage={(next) => setWanted({ of: grains, page: next })} />
      <div ref={scroll} className={styles["scroll"]}>
        <table className={styles["table"]} aria-rowcount={grains.length + 1}>
          <GrainHead unit={unit} spec={spec} onSpec={onSpec} />
          <tbody>
            {grains.slice(from, page.to).map((grain, i) => (
              <tr key={grain.id} aria-rowindex={from + i + 2}>
                <th scope="row">
                  <button type="button" onClick={(event) => onGo(grain, event)}>
                    <ClassSwatch colour={classOf(grain.classId)?.colour ?? "#888888"} />
                    {grain.id + 1}
                    {grain.touchesEdge && " (cut)"}
                  </button>
                </th>
                {particleColumns.map((column) => (
                  <td key={column.id}>{column.words(column.value(grain))}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function GrainHead({ unit, spec, onSpec }: Pick<Props, "unit" | "spec" | "onSpec">) {
  return (
    <thead>
      <tr aria-rowindex={1}>
        <th scope="col">Grain</th>
        {particleColumns.map((column) => (
          <th key={column.id} scope="col" aria-sort={column.id !== spec.sort ? "none" : spec.rising ? "ascending" : "descending"}>
            <button
              type="button"
              onClick={() => onSpec({ ...spec, sort: column.id, rising: column.id === spec.sort ? !spec.rising : false })}
            >
              {[column.title, column.unit(unit)].filter((part) => part !== "").join(", ")}
            </button>
          </th>
        ))}
      </tr>
    </thead>
  );
}
