import type { Format } from "../format.js";

/** Lispix "raw parameter list": a short text (.rpl) that describes a file of plain numbers (.raw). */
export const rplFormat: Format = {
  id: "rpl",
  name: "Lispix ripple",
  extensions: [".rpl", ".raw"],
  detect(head, fileName) {
    if (looksLikeParameters(head)) return "yes";
    return /\.(rpl|raw)$/i.test(fileName) ? "maybe" : "no";
  },
  async reader() {
    return (await import("./rpl-reader.js")).rplReader;
  },
};

/** True for text that names the size and the type of the numbers. */
function looksLikeParameters(head: Uint8Array): boolean {
  let text = "";
  for (const byte of head) {
    if (byte === 0) return false;
    text += String.fromCharCode(byte);
  }
  return ["width", "height", "depth", "data-length", "data-type"].every((key) =>
    new RegExp(`^[ \\t]*\\(?(mlx::)?${key}[ \\t:;,=]`, "im").test(text),
  );
}
