/** One question in flight; the newest waits, older ones are dropped. */

/**
 * Gives a function that asks when the question before is answered. A question that is overtaken while it waits is never asked, and an answer that is
 * overtaken while it is computed is not told.
 */
export function latestWins<Question, Reply>(
  ask: (question: Question) => Promise<Reply>,
  tell: (reply: Reply, question: Question) => void,
  fail: (error: unknown) => void,
): (question: Question) => void {
  let waiting: { readonly question: Question } | undefined;
  let asking = false;
  const next = async (): Promise<void> => {
    asking = true;
    while (waiting !== undefined) {
      const { question } = waiting;
      waiting = undefined;
      try {
        const reply = await ask(question);
        if (waiting === undefined) tell(reply, question);
      } catch (error) {
        fail(error);
      }
    }
    asking = false;
  };
  return (question) => {
    waiting = { question };
    if (!asking) void next();
  };
}
