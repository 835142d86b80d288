/** How the app is served while it is made and built for any web server. Paths are relative, so that it works in any folder. */
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { addAnalysedExample } from "./build-plugins/analysed-example.js";
import { contentSecurityPolicy } from "./build-plugins/content-security-policy.js";
import { offlineCopy } from "./build-plugins/offline-copy.js";
import { tutorialPage } from "./build-plugins/tutorial-page.js";
import { workersBesidePage } from "./build-plugins/workers-beside-page.js";

const core = new URL("../core/src/index.ts", import.meta.url).pathname;
/** What pages need to be alone with their memory; `sigma app` sends the same. */
const headers = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };

export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  resolve: { alias: { "@sigma-eds/core": core } },
  plugins: [workersBesidePage(), react(), contentSecurityPolicy(), addAnalysedExample(), tutorialPage(), offlineCopy()],
  worker: { format: "es" },
  server: { host: "127.0.0.1", headers },
  preview: { host: "127.0.0.1", headers },
  build: {
    outDir: "build",
    emptyOutDir: true,
    target: "es2023",
    // Nothing as a data: address, so that the policy needs to allow none but for pictures.
    assetsInlineLimit: 0,
    // Workers share files with the page and have no document to put links into; styles are for the page alone.
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_, files, { hostType }) =>
        hostType === "html" ? files : files.filter((file) => file.endsWith(".css")),
    },
    chunkSizeWarningLimit: 1500,
  },
});
