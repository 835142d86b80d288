import { createRoot } from "react-dom/client";
import { Gallery } from "./gallery.js";

const asked = new URLSearchParams(location.search);
const place = document.querySelector("#app");
if (place !== null) {
  const theme = asked.get("theme") === "light" ? "light" : "dark";
  createRoot(place).render(<Gallery theme={theme} only={asked.get("view") ?? undefined} />);
}
