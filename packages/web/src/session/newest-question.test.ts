import { DataCheckError } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { analysis, slowSession } from "./hasty.test-support.js";
import { newestQuestion } from "./newest-question.js";
import { newestViewSession } from "./use-view-session.js";

test("only the newest answer is used, only of the result that it is about, and what goes wrong is said", async () => {
  const { session } = slowSession();
  const view = newestViewSession(session)();
  const questions = newestQuestion();
  const used: string[] = [];
  const answers: ((text: string) => void)[] = [];
  const ask = () =>
    questions.ask(
      view,
      () => new Promise<string>((answer) => answers.push(answer)),
      (text) => used.push(text),
    );
  const both = [ask(), ask()];
  answers[1]!("second");
  answers[0]!("first");
  await Promise.all(both);
  expect(used).toEqual(["second"]);
  const late = ask();
  session.store.setState({ analysis: { ...analysis, labelsSha256: "b" } });
  answers[2]!("of labels that are gone");
  await late;
  expect(used).toEqual(["second"]);
  await questions.ask(
    view,
    () => Promise.reject(new DataCheckError("No such class.", { where: "map" })),
    () => {},
  );
  expect(session.store.getState().said?.sentence).toMatch(/No such class/);
});
