/** Opens any file of Analysis Station by its first bytes. */
import { FormatError } from "../../errors.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import type { FileContents, OpenOptions } from "../format.js";
import { type JeolKind, kindOf } from "./jeol-format.js";
import { readEds } from "./read-eds.js";
import { readJeolImage } from "./read-image.js";
import { readProject } from "./read-project.js";
import { readPts } from "./read-pts.js";

/** Throws FormatError, UnsupportedError. In a project, files that are missing or cannot be read are reported and left out. */
export async function openJeol(source: ByteSource, { signal }: OpenOptions = {}): Promise<FileContents> {
  const kind = kindOf(await source.read(0, Math.min(64, source.size), signal));
  if (kind === undefined) {
    throw new FormatError("This is not a file of JEOL Analysis Station, or it is damaged.", {
      where: source.name,
      field: "magic",
      offset: 0,
      expected: "a .pts, .eds, .img, .map or .ASW file",
    });
  }
  if (kind === "project") return { format: "jeol", ...(await readProject(source, readFile, signal)) };
  return { format: "jeol", ...(await readFile(source, kind, signal)) };
}

/** What one file holds. */
export type JeolContent = Pick<FileContents, "datasets" | "images">;

async function readFile(source: ByteSource, kind: JeolKind, signal: AbortSignal | undefined): Promise<JeolContent> {
  if (kind === "pts") return { datasets: [await readPts(source, signal)], images: [] };
  if (kind === "eds") return { datasets: [await readEds(source, signal)], images: [] };
  return { datasets: [], images: [await readJeolImage(source, signal)] };
}
