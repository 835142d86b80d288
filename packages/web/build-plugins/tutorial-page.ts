import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { htmlOfMarkdown, titleOfMarkdown } from "./markdown.js";

const docs = fileURLToPath(new URL("../../../docs", import.meta.url));
const FOLDER = "tutorial";

/** Puts the tutorial of the docs into the app, so that who opens it first has it at hand, without a network too: `tutorial/index.html` and its pictures. */
export function tutorialPage(): Plugin {
  return {
    name: "sigma-tutorial-page",
    generateBundle() {
      for (const [fileName, source] of tutorialFiles()) this.emitFile({ type: "asset", fileName, source });
    },
    configureServer({ middlewares }) {
      const files = new Map(tutorialFiles().map(([name, source]) => [`/${name}`, source]));
      middlewares.use((request, response, next) => {
        const source = files.get(new URL(request.url ?? "/", "http://localhost").pathname);
        if (source === undefined) return next();
        response.setHeader("Content-Type", typeof source === "string" ? "text/html; charset=utf-8" : "image/png");
        response.end(source);
      });
    },
  };
}

function tutorialFiles(): [name: string, source: string | Uint8Array][] {
  const text = readFileSync(`${docs}/tutorial.md`, "utf8");
  const pictures = [...text.matchAll(/\]\((pictures\/[\w./-]+\.png)\)/g)].map(([, path]) => path!);
  return [
    [`${FOLDER}/index.html`, page(text)],
    ...pictures.map((path): [string, Uint8Array] => [`${FOLDER}/${path}`, readFileSync(`${docs}/${path}`)]),
  ];
}

/** It runs nothing and asks nobody: pictures beside it, and its own style. */
const policy = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

function page(text: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="../icon.svg" type="image/svg+xml">
<title>${titleOfMarkdown(text)} · SIGMA</title>
<style>${style}</style>
</head>
<body>
<main>
${htmlOfMarkdown(text)}
<p><a href="../index.html">To the app</a></p>
</main>
</body>
</html>
`;
}

const style = `
:root{--ground:#fff;--text:#17181a;--text2:#55585c;--line:#dededa;--accent:#1f5fbf;color-scheme:light dark}
body{margin:0;background:var(--ground);color:var(--text);font:16px/1.6 Inter,"Helvetica Neue",Helvetica,Arial,sans-serif}
main{max-width:960px;margin:0 auto;padding:48px 24px 96px}
h1{font-size:34px;line-height:1.2;letter-spacing:-.02em;text-wrap:balance}
h2{margin:56px 0 8px;font-size:22px;line-height:1.3}
p{max-width:44em;text-wrap:pretty}
a{color:var(--accent)}
code{font-size:.9em}
figure{margin:20px 0 0}
img{display:block;max-width:100%;height:auto;border:1px solid var(--line);border-radius:8px}
@media (prefers-color-scheme:dark){:root{--ground:#17181a;--text:#ececea;--text2:#a6a8ab;--line:#2c2e31;--accent:#7fb0ff}}
`;
