/** What the browser keeps of a file that is opened again. */
import { isUntouched } from "./saved-page.js";
import type { SessionStorage, StoredSession } from "./storage.js";

type File = { readonly name: string; readonly size: number };

/**
 * The session to go on with: the newest of a file of this name and size in which something was done, else the newest. Whether the bytes
 * are the same is known when they are read: restoring the session checks it.
 */
export async function storedOfFiles(
  storage: Pick<SessionStorage, "list" | "origin">,
  [file]: readonly File[],
): Promise<StoredSession | undefined> {
  const own: StoredSession[] = [];
  for (const stored of await storage.list()) {
    const origin = await storage.origin(stored.id);
    const isOwn = origin?.kind === "files" && origin.files.some(({ name, size }) => name === file?.name && size === file.size);
    if (isOwn) own.push(stored);
  }
  return own.find(({ page }) => !isUntouched(page)) ?? own[0];
}
