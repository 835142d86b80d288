/** Of the picker that is open. One that stands nowhere may be collected while it is open, and its answer is lost then. */
let shown: HTMLInputElement | undefined;

/** The browser's own picker: one file, or the files of a set together; none where it is closed without a choice. */
export function chooseFiles({ accept = "", multiple = true } = {}): Promise<readonly File[]> {
  return new Promise((resolve) => {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = accept;
    input.multiple = multiple;
    input.hidden = true;
    const end = (files: readonly File[]): void => {
      input.remove();
      resolve(files);
    };
    input.addEventListener("change", () => end([...(input.files ?? [])]));
    input.addEventListener("cancel", () => end([]));
    shown?.remove();
    shown = input;
    document.body.append(input);
    input.click();
  });
}
