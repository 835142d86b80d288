import { availableParallelism } from "node:os";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { realFilesCommands } from "./scripts/real-files-commands.js";

const source = new URL("./packages/core/src/index.ts", import.meta.url).pathname;
const shared = {
  resolve: { alias: { "@sigma-eds/core": source } },
};
const chromium = process.env["SIGMA_CHROMIUM"];
/** What a test waits for may take long on a busy machine. */
const expectations = { poll: { timeout: 30_000 } };
const codecs = ["blosc", "zstd", "lz4", "zlib"].map((name) => `numcodecs/${name}`);
const lazyPackages = ["fast-png", "fflate", "jpeg-js", ...codecs].map((name) => `@sigma-eds/core > ${name}`);
const pagePackages = [
  "react",
  "react/jsx-dev-runtime",
  "react-dom",
  "react-dom/client",
  "@mantine/core",
  "@mantine/hooks",
  "@mantine/spotlight",
  "@tabler/icons-react",
  "axe-core",
];

/**
 * Files of tests share modules and, in Chromium, a page (`isolate: false`): to load all anew for each of hundreds of files took longer than their tests.
 * A test leaves the world as it found it.
 *
 * `*.test.ts` runs in Node, `*.universal.test.ts` in Node and in Chromium, `*.browser.test.ts` in Chromium only.
 */
export default defineConfig({
  test: {
    // One per core: left alone, a machine of two would work with one.
    maxWorkers: availableParallelism(),
    projects: [
      {
        ...shared,
        test: {
          name: "node",
          expect: expectations,
          environment: "node",
          isolate: false,
          include: ["packages/*/src/**/*.test.ts", "packages/*/test/**/*.test.ts"],
          exclude: ["**/*.browser.test.ts", "**/*.peers.test.ts", "**/node_modules/**"],
          setupFiles: ["scripts/fail-on-console.ts"],
          testTimeout: 180_000,
        },
      },
      {
        ...shared,
        // Readers load these when a file needs them; found only then, they would make the page load anew amid the tests.
        optimizeDeps: { include: [...lazyPackages, ...pagePackages] },
        test: {
          name: "chromium",
          expect: expectations,
          isolate: false,
          include: ["packages/*/src/**/*.{browser,universal}.test.{ts,tsx}", "packages/*/test/**/*.{browser,universal}.test.ts"],
          setupFiles: ["scripts/fail-on-console.ts"],
          testTimeout: 180_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            commands: realFilesCommands,
            provider: playwright({
              launchOptions: {
                ...(chromium === undefined ? {} : { executablePath: chromium }),
                args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
              },
            }),
            instances: [{ browser: "chromium" }],
          },
        },
      },
      {
        ...shared,
        test: {
          name: "peers",
          environment: "node",
          include: ["packages/*/src/**/*.peers.test.ts", "packages/*/test/**/*.peers.test.ts"],
          testTimeout: 600_000,
        },
      },
    ],
  },
});
