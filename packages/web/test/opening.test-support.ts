/** What a newcomer does first: looks at the example, drops files, comes back to what was open before. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openFiles, runCommand } from "./acts.test-support.js";
import { PATIENCE, type ServedApp, WALK } from "./served-app.test-support.js";

/** Holds files over the window, then lets them go. */
async function drop(page: Page, paths: readonly string[]): Promise<void> {
  const files = paths.map((path) => ({ name: basename(path), bytes: readFileSync(path).toString("base64") }));
  const data = await page.evaluateHandle((all) => {
    const transfer = new DataTransfer();
    for (const { name, bytes } of all)
      transfer.items.add(new File([Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))], name));
    return transfer;
  }, files);
  await page.dispatchEvent("body", "dragover", { dataTransfer: data });
  await page
    .getByText(/Drop to open/)
    .first()
    .waitFor();
  await page.dispatchEvent("body", "drop", { dataTransfer: data });
}

export function opening(app: () => ServedApp): void {
  describe.sequential("opening", () => {
    let page: Page;

    beforeAll(async () => {
      ({ page } = await app().page(true));
    });

    afterAll(() => page?.context().close());

    test(
      "Start shows the example analysed and alive, and invites a file",
      async () => {
        await page.goto(new URL("/", app().server.address).href);
        await page.getByText("Drop a file anywhere in this window").waitFor();
        await page.getByText(/\d classes\. Everything here is live/).waitFor();
        const map = await page.getByRole("application", { name: /^Map of/ }).boundingBox();
        await page.mouse.move(map!.x + map!.width / 2, map!.y + map!.height / 2);
        await page
          .getByRole("contentinfo")
          .getByText(/^x \d+ {1,2}y \d+$/)
          .waitFor();
      },
      WALK,
    );

    test(
      "one file of a set is refused with the name of what is missing; dropped together they open",
      async () => {
        const [header, counts] = app().other;
        await drop(page, [header!]);
        await page.getByRole("alert").getByText(/\.raw/).first().waitFor();
        await page.getByRole("alert").getByRole("button", { name: "Close" }).click();
        await drop(page, [header!, counts!]);
        await page
          .getByText(/40 × 42 px/)
          .first()
          .waitFor();
        await page.getByText("Saved", { exact: true }).waitFor();
      },
      WALK,
    );

    test(
      "what was open before is on Start and opens again, or is forgotten",
      async () => {
        const { file } = app();
        await openFiles(page, [file, file.replace(/rpl$/, "raw")]);
        await page
          .getByText(/56 × 42 px/)
          .first()
          .waitFor();
        await page.getByText("Saved", { exact: true }).waitFor();
        await runCommand(page, "Go to Start");
        const recent = page.getByRole("button", { name: /^other\.rpl/ });
        await recent.click();
        await page
          .getByText(/40 × 42 px/)
          .first()
          .waitFor();
        await runCommand(page, "Go to Start");
        await page.getByRole("button", { name: "Forget other.rpl" }).click();
        await expect.poll(() => recent.count(), { timeout: PATIENCE }).toBe(0);
      },
      WALK,
    );
  });
}
