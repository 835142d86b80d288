/** ` in 9 s`: what the steps of a run took together, 1 s at the least; empty where none ran. The history and the status line say the same. */
export function tookWords(stepSeconds: Readonly<Record<string, number>>): string {
  const took = Object.values(stepSeconds).reduce((sum, seconds) => sum + seconds, 0);
  return took > 0 ? ` in ${Math.max(1, Math.round(took))} s` : "";
}
