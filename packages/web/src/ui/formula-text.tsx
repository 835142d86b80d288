import { Fragment } from "react";

/** A chemical formula with its numbers as subscripts. */
export function FormulaText({ formula }: { readonly formula: string }) {
  const parts = formula.split(/(\d+(?:\.\d+)?)/);
  return (
    <>
      {parts.map((part, i) => {
        const key = `${i} ${part}`;
        return i % 2 === 1 ? <sub key={key}>{part}</sub> : <Fragment key={key}>{part}</Fragment>;
      })}
    </>
  );
}
