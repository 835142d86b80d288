/** What the main thread of a page does in one go, by its processor time, so that other programs on the machine do not count. */

/** Milliseconds below which a task is of no interest. */
const SHORT_MS = 10;

/** Processor time in milliseconds of the tasks of the page's main thread while `act` goes on, longest first. */
export async function longestTasks(page, act) {
  const client = await page.context().newCDPSession(page);
  const threads = new Set();
  const tasks = [];
  client.on("Tracing.dataCollected", ({ value }) => {
    for (const event of value) {
      const thread = `${event.pid}:${event.tid}`;
      if (event.name === "thread_name" && event.args.name === "CrRendererMain") threads.add(thread);
      if (event.name.endsWith("RunTask") && event.tdur > 1000 * SHORT_MS)
        tasks.push({ thread, at: event.ts, ms: event.tdur / 1000 });
    }
  });
  const traceConfig = { includedCategories: ["disabled-by-default-devtools.timeline", "toplevel"], excludedCategories: ["*"] };
  await client.send("Tracing.start", { transferMode: "ReportEvents", traceConfig });
  await act();
  const complete = new Promise((resolve) => client.once("Tracing.tracingComplete", resolve));
  await client.send("Tracing.end");
  await complete;
  await client.detach();
  return tasks
    .filter(({ thread }) => threads.has(thread))
    .map(({ ms }) => ms)
    .sort((a, b) => b - a);
}
