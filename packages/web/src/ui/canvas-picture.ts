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
