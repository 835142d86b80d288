import { problemOf } from "../session/problems.js";
import type { Session } from "../session/session.js";
import { isStopped } from "../worker/replies.js";

type Parts = Pick<Session, "commands" | "actions" | "store">;

/** Runs a command for a button, a key or the palette. Where nothing comes of it that is said: why it cannot be done now, or what ended it. */
export async function runAloud(session: Parts, id: string): Promise<void> {
  const { commands, actions } = session;
  await aloud(session, commands.get(id)?.title ?? "It", async () => {
    const reason = await commands.run(id);
    if (reason !== undefined) actions.say(reason);
  });
}

/** Does something of that title, and says what ended it. */
export async function aloud(
  { actions, store }: Pick<Parts, "actions" | "store">,
  title: string,
  act: () => void | Promise<void>,
): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (isStopped(error)) actions.say(`${title}: ended, because something else was begun.`);
    else store.setState({ problem: problemOf("run", error) });
  }
}
