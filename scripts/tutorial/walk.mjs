/** The walk of the tutorial: what is done in the app, and the words beside it. Gives the text of docs/tutorial.md. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const PATIENCE = 180_000;
const button = (page, name) => page.getByRole("button", { name });

export async function walk({ page, specimen, folder, minerals, picture, keep }) {
  const parts = [head];
  const say = (...lines) => parts.push(...lines);

  await page
    .getByText(/Everything here is live/)
    .first()
    .waitFor({ timeout: PATIENCE });
  await page.waitForTimeout(1500);
  say(open(await picture("1-open", { words: "Start: drop a file, beside an example that is alive" })));

  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), button(page, /Choose a file/).click()]);
  await chooser.setFiles(specimen);
  const read = page.getByText(/counts read/).first();
  await read.waitFor({ timeout: PATIENCE });
  await page.waitForTimeout(1000);
  say(
    inspect(
      (await read.textContent()).trim(),
      await picture("2-inspect", { words: "Inspect: picture, spectrum and what was read" }),
    ),
  );

  await page.getByRole("banner").getByRole("button", { name: "Find phases" }).click();
  await page
    .getByText(/^partial, step/)
    .first()
    .waitFor({ timeout: PATIENCE });
  const running = await picture("3-running", { words: "While phases are looked for" });
  const result = page.getByText(/^\d+ classes in \d+ s/).first();
  await result.waitFor({ timeout: PATIENCE });
  const classes = Number.parseInt(await result.textContent(), 10);
  await page.keyboard.press("Shift+3");
  say(
    found(classes, running, await picture("4-classes", { words: "Edit: classes on the map, in the latent space and as a list" })),
  );

  await page.getByRole("tab", { name: "Doubt" }).click();
  await page.getByRole("tabpanel").getByText("Membership", { exact: true }).first().click();
  say(doubt(await picture("5-doubt", { words: "How sure each pixel is" })));
  await page.getByRole("tabpanel").getByText("Classes", { exact: true }).first().click();
  await page.getByRole("tab", { name: "Classes" }).click();

  const name = page.locator("[data-class] th[scope=row]").first();
  const before = (await name.textContent()).trim();
  await name.dblclick();
  await page.getByLabel("Name of the class").fill("Carbon tape");
  await page.keyboard.press("Enter");
  await page
    .getByText(/^Renamed/)
    .first()
    .waitFor({ timeout: PATIENCE });
  await page.locator("[data-class]").nth(3).click();
  await page.waitForTimeout(500);
  say(edit(before, await picture("6-edit", { words: "A class is selected: its pixels, its spectrum and what sets it apart" })));
  await page.keyboard.press("Escape");

  await page.keyboard.press("Shift+5");
  await page.getByRole("tab", { name: "Names" }).click();
  const accept = button(page, /^Accept( \d+)? (the )?names? that stands? out$/);
  await accept.waitFor({ timeout: PATIENCE });
  const offered = await accept.textContent();
  await accept.click();
  await page
    .getByText(/^Named \d+ classes/)
    .first()
    .waitFor({ timeout: PATIENCE });
  const evidence = await picture("7-identify", { words: "Identify: names with the evidence for them" });
  const sets = await acceptFirstOfSets(page);
  say(identify(offered, sets, await classNames(page), minerals, evidence));

  const banner = page.getByRole("banner");
  await banner.getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitem", { name: "Export figure..." }).click();
  await page.getByText("Width on paper").first().waitFor();
  const dialog = await picture("8-figure", { words: "The figure at its width on paper" });
  await page.getByRole("radio", { name: "PNG" }).or(button(page, "PNG")).first().click();
  await page.getByRole("radio", { name: "300" }).or(button(page, "300")).first().click();
  const download = page.waitForEvent("download");
  await button(page, "Save figure").click();
  const file = join(folder, "figure.png");
  await (await download).saveAs(file);
  const caption = await page.getByLabel("Caption, as a start").inputValue();
  say(figure(dialog, keep(file, "9-phase-map", "The phase map, 90 mm wide"), caption, readFileSync(file).length));
  await page.keyboard.press("Escape");

  await page.keyboard.press("Shift+6");
  await page.frameLocator("iframe[title=Report]").locator("h1").waitFor({ timeout: PATIENCE });
  say(report(await picture("10-report", { words: "The report beside the figure" })));
  return `${parts.join("\n\n")}\n`;
}

/** Takes the likeliest name of every class that the walk has not named and that has several. */
async function acceptFirstOfSets(page) {
  const rows = page.getByRole("tabpanel").getByRole("button", { expanded: false, name: /cannot be told apart/ });
  const taken = [];
  for (let left = await rows.count(); left > 0; left--) {
    const row = rows.nth(left - 1);
    if (/Carbon tape/.test(await row.textContent())) continue;
    await row.click();
    const accept = button(page, /^Accept “[^/]*”$/).first();
    taken.push((await accept.textContent()).replace(/^Accept “|”$/g, ""));
    await accept.click();
    await page
      .getByText(/^Renamed/)
      .first()
      .waitFor({ timeout: PATIENCE });
    await page.waitForTimeout(2500);
  }
  return taken;
}

async function classNames(page) {
  await page.getByRole("tab", { name: "Classes" }).click();
  const names = await page.locator("[data-class] th[scope=row]").allTextContents();
  await page.getByRole("tab", { name: "Names" }).click();
  return names.map((text) => text.trim());
}

const head = `# From a file to a phase map in ten minutes

For someone with a spectrum image from an electron microscope and no manual. The app runs in the browser: \`npm start\`, then the address that it prints; or \`sigma app FILE\`.
Nothing leaves the computer.

The file here, \`sand.bcf\`, is a phantom in Bruker's format: seven minerals on carbon tape, drawn from their formulas, so that the right answer is known. Yours may be a
[.bcf, .emd, .h5oina, .hspy, .pts, .rpl and others](formats.md). \`npm run tutorial\` walks this way through the built app, takes the pictures and writes this page; numbers and names below are those of that walk.`;

const open = (image) => `## 1. Open

Drop the file anywhere in the window, or press **Choose a file**. What lies at the right is an example with its result, its minerals named as in step 6; it answers to the mouse, and goes away when a file is opened.

${image}`;

const inspect = (read, image) => `## 2. Look at what was read

The first line at the right says whether the file was read whole: *${read}* Below it stand pixel size, beam energy and what else is known; what is missing says what it disables.
The lines of the elements that the file names (where it names none, those that stand out) are marked in the spectrum, and their maps stand beside the picture: a click shows one large. Click a peak to see what it may be, press **E** for the periodic table,
drag along the axis of energies for a map of that window.

Where peaks lie beside their lines, *Energies* in the same place opens **Calibration**: the axis as the file has it, fitted to known lines (which of them is your choice), or by hand, by two numbers or by peaks said to be lines. How far every line is off, before and
after, and the spectrum around the strongest of them are seen before **Apply** makes it the first step of the recipe; *Back to the file's energies* takes it out again. [How lines are found and fitted](methods/calibration.md).

${image}`;

const found = (classes, running, image) => `## 3. Find the phases

Press **Find phases**. Steps tick off in words, the map takes colour while the list of phases grows, and **Stop** ends it within a second and keeps what is finished.

${running}

${classes} classes were found, and how many was not asked: the search adds a phase as long as something in the counts is not explained, and *What was chosen* says why it decided as it did.
**Shift 3** goes on to *Edit*. Every class has a name made of its elements, an area and its 95 % interval; the button with two arrows above the map compares it with the picture below.

${image}`;

const doubt = (image) => `## 4. Where is it not sure?

*Doubt* shows the share with which every pixel belongs to its class. Boundaries are mixtures of two phases and look so; a region in doubt that is larger than a few pixels is hatched on the map. Drag over the
histogram to select the pixels that are in doubt, and see their spectrum.

${image}`;

const edit = (before, image) => `## 5. Rename, merge, divide

Double click a name to write another: the class “${before}” is the tape that carries the grains, and is now called “Carbon tape”. A click on a class, or its number, selects its pixels everywhere: on the map, in the latent
space, in the spectrum, with the lines that set it apart. Two rows chosen with Ctrl and **Merge** make one class of them; **Split** and **Re-cluster inside** divide one. Lasso, rectangle, brush and wand
select on any picture, and **Make a class** takes the selection. Ctrl Z takes anything back; every line of *History* is a step of the recipe,
and what an edit after Ctrl Z takes the place of is kept under "..." there.

${image}`;

const identify = (offered, sets, names, minerals, image) => `## 6. Name the minerals

*Identify* ranks names for every class, with the lines that decide. “${offered}” takes those for which there is one explanation; sets that EDS cannot tell apart are offered as what they are, and the
microscopist, who knows the rock, takes one of each (here ${sets.join(" and ")}). The classes are now: ${names.join(", ")}. ${answerOf(names, minerals)}

${image}`;

/** Whether these are the minerals of the phantom. A name may be narrower: fluorapatite for apatite. */
function answerOf(names, minerals) {
  const right = minerals.filter((mineral) => names.some((name) => name.toLowerCase().endsWith(mineral)));
  return right.length === minerals.length
    ? `These are the ${minerals.length} minerals of which the phantom was drawn, and its tape.`
    : `Of the ${minerals.length} minerals of which the phantom was drawn these are ${right.length}.`;
}

const figure = (dialog, image, caption, bytes) => `## 7. The figure

**Export**, *Export figure*: a width of the journal, SVG, PNG or TIFF, 300 to 1,000 dots per inch. The preview can be looked at in grey and as people with other colour vision see it. Every view has the same under its export button, with its
tables as CSV; the button with a table shows its numbers in place of the picture, to read, copy or save.

${dialog}

This is the file of that dialog as PNG with 300 dots per inch (${Math.round(bytes / 1000)} kB), with the caption that was suggested, to be completed: *${caption}*

${image}`;

const report = (image) => `## 8. The report, and the same again on the command line

*Report* shows the page that goes with the result: what was done and the evidence for it, in one file that prints and opens offline. **Export everything** gives it with maps, masks, spectra, tables and the recipe as one zip.

${image}

\`sigma run sand.bcf --recipe recipe.json --out result\` repeats the analysis with all edits and gives the same labels, byte for byte. The session is kept in the browser: close the tab, open it again, and go on.`;
