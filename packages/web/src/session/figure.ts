/** A figure for paper, as a view offers it: what it is called and how it is drawn at a width. */
export interface Figure {
  /** Part of file names: `map`, `spectrum`. */
  readonly id: string;
  /** `Phase map with legend` */
  readonly title: string;
  /** CSS pixels that it needs at the least to be laid out well; what is printed narrower shrinks with its text. */
  readonly leastWidth: number;
  /** Complete SVG document of about this width, CSS pixels. */
  draw(width: number): string;
  /** What it shows, without what is common to all figures of the session. Default: the title. */
  readonly subject?: string | undefined;
}
