/** The door of the web app: a file picker that says what a file holds. Nothing leaves the browser. */
import { describeFiles } from "./describe-files.js";

const picker = document.querySelector<HTMLInputElement>("#files");
const answer = document.querySelector<HTMLPreElement>("#answer");

picker?.addEventListener("change", async () => {
  if (answer === null || picker.files === null || picker.files.length === 0) return;
  answer.textContent = "Reading ...";
  answer.textContent = await describeFiles([...picker.files]);
});
