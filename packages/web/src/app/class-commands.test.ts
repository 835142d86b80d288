import { expect, test } from "vitest";
import type { ClassAsk } from "../session/linked.js";
import { createSession } from "../session/session.js";
import { newestViewSession } from "../session/use-view-session.js";
import { smallMapSession } from "../views/map/small-map-session.test-support.js";
import { LocalEngine } from "../worker/engine.js";
import { classCommands } from "./class-commands.js";

function withClasses() {
  const session = createSession(Object.assign(new LocalEngine(), { close: () => {} }));
  const shown = newestViewSession(session);
  session.commands.register(classCommands(session, shown));
  const asked: (ClassAsk | undefined)[] = [];
  session.linked.classAsk.subscribe(({ value }) => asked.push(value));
  return { ...session, asked };
}

test("what is done with classes is listed from the beginning, and says why it cannot be done", async () => {
  const { commands, store, linked } = withClasses();
  const titles = ["Merge classes", "Split class...", "Rename class...", "Note on class...", "Lock or unlock class"];
  expect(commands.list().map(({ title }) => title)).toEqual(expect.arrayContaining(titles));
  expect(await commands.run("class.split")).toBe("Find the phases first.");
  store.setState({ analysis: smallMapSession(linked).session.analysis });
  expect(await commands.run("class.split")).toBe("Choose one class first.");
  expect(await commands.run("class.merge")).toMatch(/^Choose two or more classes first/);
  expect(await commands.run("class.select.3")).toBe("There are fewer classes.");
});

test("a digit makes its class the one that is acted on, whatever was chosen before, and acts open in the list", async () => {
  const { commands, store, linked, asked } = withClasses();
  store.setState({ analysis: smallMapSession(linked).session.analysis });
  linked.chosenClasses.set([0, 1], "classes");
  expect(commands.get("class.select.2")?.title).toBe("Select class 2: Class 2");
  await commands.run("class.select.2");
  expect(linked.visibleClasses.current.value.active).toBe(1);
  expect(linked.chosenClasses.current.value).toEqual([1]);
  expect(linked.selection.current.value.count).toBe(14 * 16);
  for (const id of ["class.rename", "class.split", "class.hide"]) expect(await commands.run(id)).toBeUndefined();
  expect(asked).toEqual([{ act: "rename", id: 1 }, { act: "split", id: 1 }, { act: "show" }]);
  expect([...linked.visibleClasses.current.value.hidden]).toEqual([1]);
});

test("colours are spread again as one edit; two classes are compared in words", async () => {
  const { commands, store, linked } = withClasses();
  const { analysis } = smallMapSession(linked).session;
  store.setState({ analysis });
  await commands.run("class.spread-colours");
  expect(store.getState().said?.sentence).toBe("Neighbours have distant colours already.");
  expect(await commands.run("class.mineral-colours")).toMatch(/^No class has the name of a phase/);
  expect(await commands.run("class.same")).toBe("Choose two classes first, with Ctrl in the class list.");
  linked.chosenClasses.set([0, 1], "test");
  await commands.run("class.same");
  expect(store.getState().said?.sentence).toMatch(/^These two cannot be compared/);
});
