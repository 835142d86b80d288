/**
 * A number for people, with a comma every three digits and at most three decimals: `1,234,567.5`. The same on every machine, and without the tables of languages, whose loading
 * takes longer than many a file.
 */
export function groupedDigits(value: number): string {
  const [whole = "", decimals] = String(Number(value.toFixed(3))).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return decimals === undefined ? grouped : `${grouped}.${decimals}`;
}
