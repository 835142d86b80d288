/** Amounts as a table, with the names and units of `quantification/elements.csv` of a result: fractions, and standard errors of each kind. */
import { classColumns, type DataTable, dataTable, type TableColumn, withDecimals } from "../../session/data-table.js";
import { type AmountUnit, type ClassAmounts, Z95 } from "../../session/derived/class-amounts.js";

const DIGITS = 12;

interface Naming {
  /** Of what is counted: `element`. */
  readonly label: string;
  readonly value: string;
  readonly title: string;
  readonly unit: string;
  /** In front of the kinds of error: of a formula they are told apart from those of fractions. */
  readonly errors: string;
}

const naming: Readonly<Record<AmountUnit, Naming>> = {
  mass: { label: "element", value: "mass_fraction", title: "Amount", unit: "wt %", errors: "" },
  atomic: { label: "element", value: "atomic_fraction", title: "Amount", unit: "at %", errors: "atomic_" },
  oxide: { label: "oxide", value: "oxide_mass_fraction", title: "Amount", unit: "wt %", errors: "oxide_" },
  formula: { label: "element", value: "atoms_per_formula", title: "Atoms", unit: "", errors: "atoms_" },
};

/** A row for each class and element, or oxide. Per cent and half 95 % intervals on the screen; fractions and standard errors in files. */
export function amountTable(classes: readonly ClassAmounts[], unit: AmountUnit): DataTable {
  const { label, value, title, unit: sign, errors } = naming[unit];
  const scale = unit === "formula" ? 1 : 100;
  const error = (kind: string, words: string): TableColumn => ({
    name: `${errors}${kind}_error`,
    title: `± ${words}`,
    unit: sign,
    shown: (sigma) => withDecimals(2)(Z95 * scale * sigma),
  });
  return dataTable(
    [
      ...classColumns,
      { name: label, title: unit === "oxide" ? "Oxide" : "Element" },
      { name: "line", title: "Line" },
      { name: "net_counts", title: "Net counts", shown: withDecimals(0) },
      { name: "net_counts_error", title: "± 1 σ", shown: withDecimals(0) },
      { name: value, title, unit: sign, shown: (amount) => withDecimals(2)(scale * amount) },
      error("counting", "counts"),
      error("standards", "standards"),
      error("model", "model"),
      { name: "detection_limit_95", title: "Limit", unit: "wt %", shown: (limit) => withDecimals(2)(100 * limit) },
      { name: "k_ratio", title: "k-ratio", shown: withDecimals(4) },
      { name: "k_ratio_error", title: "± 1 σ", shown: withDecimals(4) },
      { name: "standard", title: "Standard" },
    ],
    classes.flatMap(({ id, name, amounts, measured }) =>
      amounts.map((one) => {
        const { line, counts, countsError, kRatio, kRatioError, standard } =
          measured.find(({ element }) => element === one.label) ?? {};
        const fractions = [one.value, ...[one.counting95, one.standards95, one.model95].map(sigmaOf)].map((number) =>
          over(number, scale),
        );
        return [
          id,
          name,
          one.label,
          line,
          counts,
          countsError,
          ...fractions,
          over(one.limit, 100),
          kRatio,
          kRatioError,
          standard,
        ];
      }),
    ),
  );
}

function sigmaOf(half95: number | undefined): number | undefined {
  return half95 === undefined ? undefined : half95 / Z95;
}

/** Without the last digits, which are only of the way to per cent and back. */
function over(number: number | undefined, scale: number): number | undefined {
  return number === undefined ? undefined : Number((number / scale).toPrecision(DIGITS));
}
