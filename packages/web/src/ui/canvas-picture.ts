/** Canvases that lie on each other, as one PNG; `ground` is below them where they are transparent. */
export async function canvasPicture(canvases: readonly HTMLCanvasElement[], ground?: string): Promise<Blob | undefined> {
  const [first] = canvases;
  if (first === undefined) return undefined;
  const whole = new OffscreenCanvas(first.width, first.height);
  const context = whole.getContext("2d");
  if (context === null) return undefined;
  if (ground !== undefined) {
    context.fillStyle = ground;
    context.fillRect(0, 0, whole.width, whole.height);
  }
  for (const canvas of canvases) context.drawImage(canvas, 0, 0);
  return whole.convertToBlob({ type: "image/png" });
}

/** The picture to the clipboard; what came of it is said. */
export async function copyCanvases(
  canvases: readonly HTMLCanvasElement[],
  say: (sentence: string) => void,
  ground?: string,
): Promise<void> {
  const picture = await canvasPicture(canvases, ground);
  if (picture === undefined) return;
  try {
    await navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]);
    say("Picture copied.");
  } catch {
    say("The browser did not allow copying. Save the picture instead.");
  }
}
