import { problemOf } from "../session/problems.js";
import type { Session } from "../session/session.js";
import { isStopped } from "../worker/replies.js";

/** Runs a command for a button, a key or the palette. Where nothing comes of it that is said: why it cannot be done now, or what ended it. */
export async function runAloud(
  { commands, actions, store }: Pick<Session, "commands" | "actions" | "store">,
  id: string,
): Promise<void> {
  try {
    const reason = await commands.run(id);
    if (reason !== undefined) actions.say(reason);
  } catch (error) {
    if (isStopped(error)) actions.say(`${commands.get(id)?.title ?? "It"}: ended, because something else was begun.`);
    else store.setState({ problem: problemOf("run", error) });
  }
}
