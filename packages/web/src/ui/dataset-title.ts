/** Of an image of a file that holds several, by its place from 0: its own title, or its number. */
export function datasetTitle(title: string, place: number): string {
  return title === "" ? `Spectrum image ${place + 1}` : title;
}
