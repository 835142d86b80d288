/** How soon a run stops, in every step of it that takes long enough to be stopped. */

/** A step that still runs after so many milliseconds is stopped. */
const UNDERWAY_MS = 300;
/** The list of steps says where a run was stopped, at the latest after so many milliseconds. */
const SAID_MS = 10_000;

/**
 * Finds the phases of what is open, and stops it in every step, once; each time it goes on from the last step that was finished. Gives for every step milliseconds from the
 * press of Stop to the frame that says so.
 */
export async function stopsOfSteps(page) {
  await page.keyboard.press("Shift+2");
  const stops = [];
  for (;;) {
    await button(page, "Find phases").click();
    await button(page, "Stop").waitFor();
    const step = await stepUnderway(page, new Set(stops.map(({ step }) => step)));
    if (step === undefined) return stops;
    const ms = await stopped(page);
    if (ms === undefined) return stops;
    stops.push({ step, ms });
  }
}

function button(page, name) {
  return page.getByRole("banner").getByRole("button", { name });
}

/** The first step of this run that is not among the known ones and takes long; undefined when the run has ended. */
async function stepUnderway(page, known) {
  let last;
  let since = 0;
  for (;;) {
    const { running, isOver } = await page.evaluate(() => ({
      running: document.querySelector("li[data-state=running] [role=progressbar]")?.getAttribute("aria-label") ?? undefined,
      isOver: [...document.querySelectorAll("header button")].every(({ textContent }) => !textContent.includes("Stop")),
    }));
    if (isOver) return undefined;
    if (running !== last) [last, since] = [running, performance.now()];
    else if (running !== undefined && !known.has(running) && performance.now() - since >= UNDERWAY_MS) return running;
    await page.waitForTimeout(20);
  }
}

/** Undefined where the run was at its end before it could be stopped. */
async function stopped(page) {
  const ms = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const stop = [...document.querySelectorAll("header button")].find(({ textContent }) => textContent.includes("Stop"));
        if (stop === undefined) return resolve(undefined);
        const began = performance.now();
        const observer = new MutationObserver(() => {
          if (document.querySelector("header").textContent.includes("Stop")) return;
          observer.disconnect();
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)));
        });
        observer.observe(document.querySelector("header"), { childList: true, subtree: true, characterData: true });
        stop.click();
      }),
  );
  const isStopped = await page
    .getByText(/Stopped at/)
    .first()
    .waitFor({ timeout: SAID_MS })
    .then(
      () => true,
      () => false,
    );
  return isStopped ? (ms ?? undefined) : undefined;
}
