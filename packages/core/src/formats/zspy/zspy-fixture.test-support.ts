/** The generated archive, in Node and in the browser alike. */
const location = new URL("../../../../../fixtures/zspy/signals.zspy", import.meta.url);

export async function fixtureBytes(): Promise<Uint8Array> {
  if (location.protocol !== "file:") return new Uint8Array(await (await fetch(location)).arrayBuffer());
  const { readFileSync } = await import("node:fs");
  return new Uint8Array(readFileSync(location));
}
