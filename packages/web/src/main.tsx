import { setNumberNotation } from "@sigma-eds/core";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App, makeApp } from "./app/app.js";
import { readersNotation } from "./ui/readers-notation.js";

const place = document.querySelector("#app");
if (place !== null) {
  setNumberNotation(readersNotation(navigator.language));
  const app = makeApp();
  createRoot(place).render(
    <StrictMode>
      <App {...app} />
    </StrictMode>,
  );
}

if (import.meta.env.PROD && "serviceWorker" in navigator) {
  // Without it the app works as well, with a network.
  navigator.serviceWorker.register(new URL("service-worker.js", document.baseURI)).catch(() => {});
}
