/**
 * Writes docs/tutorial.md and docs/pictures/tutorial: walks through the built app in a real Chromium as someone does who has a .bcf and ten minutes, and takes
 * the pictures on the way. Run: npm run tutorial (two minutes). The words stand in tutorial/walk.mjs; numbers and names in them are read from the app.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { ensureAppBuilt, ensureBuilt, ensureChromium, ensurePackages, root } from "./setup.mjs";
import { smaller } from "./tutorial/smaller-png.mjs";
import { mineralsOfSpecimen, specimenBcf } from "./tutorial/specimen.mjs";
import { walk } from "./tutorial/walk.mjs";

const VIEWPORT = { width: 1280, height: 800 };
const pictures = `${root}docs/pictures/tutorial`;

ensurePackages();
ensureBuilt();
ensureAppBuilt();
const { serveApp } = await import("../packages/cli/dist/app-server.js");
const folder = mkdtempSync(join(tmpdir(), "sigma-tutorial-"));
const specimen = join(folder, "sand.bcf");
say("Making sand.bcf, whose phases are known ...");
writeFileSync(specimen, await specimenBcf());
const server = await serveApp({ folder: `${root}packages/web/build`, port: 0 });
const browser = await chromium.launch({ executablePath: ensureChromium(), args: ["--no-sandbox"] });
try {
  const context = await browser.newContext({ viewport: VIEWPORT, colorScheme: "light", locale: "en-GB", acceptDownloads: true });
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto(server.address);
  mkdirSync(pictures, { recursive: true });
  const text = await walk({
    page,
    specimen,
    folder,
    minerals: await mineralsOfSpecimen(),
    picture: (name, part) => picture(page, name, part),
    keep,
  });
  if (complaints.length > 0) throw new Error(`the page complained: ${complaints.join("; ")}`);
  writeFileSync(`${root}docs/tutorial.md`, text);
} finally {
  await browser.close();
  server.close();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);

/** A picture of the page, or of a part of it; gives the line of Markdown that shows it. */
async function picture(page, name, { words, clip, of }) {
  await page.mouse.move(VIEWPORT.width - 2, VIEWPORT.height - 2);
  await page.waitForTimeout(700);
  const taken = of === undefined ? await page.screenshot({ clip }) : await of.screenshot();
  writeFileSync(`${pictures}/${name}.png`, smaller(taken));
  say(name);
  return `![${words}](pictures/tutorial/${name}.png)`;
}

/** A file that the app gave, as a picture of the tutorial. */
function keep(path, name, words) {
  writeFileSync(`${pictures}/${name}.png`, smaller(readFileSync(path)));
  return `![${words}](pictures/tutorial/${name}.png)`;
}

function say(words) {
  process.stderr.write(`${words}\n`);
}
