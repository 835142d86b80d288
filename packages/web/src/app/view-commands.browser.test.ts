import { expect, test } from "vitest";
import { placeToEnter } from "./view-commands.js";

test("a view is entered at its picture where keys walk through that, else at its first control", () => {
  const content = document.createElement("section");
  content.innerHTML = `<button tabindex="-1">no</button><button id="pin">Pin</button><div id="plot" role="application" tabindex="0"></div>`;
  expect(placeToEnter(content)?.id).toBe("plot");
  content.querySelector("#plot")!.remove();
  expect(placeToEnter(content)?.id).toBe("pin");
  expect(placeToEnter(undefined)).toBeUndefined();
});
