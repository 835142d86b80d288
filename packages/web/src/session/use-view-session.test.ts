import { expect, test } from "vitest";
import { createSession, type SessionEngine } from "./session.js";
import { newestViewSession } from "./use-view-session.js";

test("commands see the session as it is, and the same object as long as nothing changes", () => {
  const session = createSession({} as SessionEngine);
  const newest = newestViewSession(session);
  const before = newest();
  expect(newest()).toBe(before);
  session.store.setState({ said: { sentence: "Nothing that views are told of.", at: 1 } });
  expect(newest()).toBe(before);
  session.store.setState({ stage: "report", themeChoice: "light" });
  expect(newest()).toMatchObject({ stage: "report", theme: "light" });
  expect(newest()).toBe(newest());
});
