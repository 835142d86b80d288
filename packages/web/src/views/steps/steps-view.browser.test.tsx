import { flushSync } from "react-dom";
import { expect, test, vi } from "vitest";
import { linkedValues } from "../../session/linked.js";
import type { StepProgress, ViewSession } from "../../session/view-session.js";
import { mounted } from "../../ui/mounted.test-support.js";
import { UiProvider } from "../../ui/ui-provider.js";
import { smallMapSession } from "../map/small-map-session.test-support.js";
import { StepsView } from "./steps-view.js";

const place = mounted();
const step = (title: string, state: StepProgress["state"]): StepProgress => ({
  ...{ title, state, fraction: state === "waiting" ? 0 : 0.5, message: undefined, seconds: undefined },
});
const lastSteps = [step("Find phases", "stopped"), step("Element maps", "waiting")];

function draw(given: Partial<ViewSession>): ViewSession {
  const session = { ...smallMapSession(linkedValues()).session, lastSteps, stoppedAt: "Find phases", ...given };
  flushSync(() =>
    place.root.render(
      <UiProvider theme="dark">
        <StepsView session={session} spec={{}} onSpec={() => {}} />
      </UiProvider>,
    ),
  );
  return session;
}

const buttons = () => [...place.box.querySelectorAll<HTMLButtonElement>("li button")].map((button) => button.textContent);

test("where a run was stopped stands above its steps, with what can be done about it, and nothing goes on turning", () => {
  const discardPartial = vi.fn();
  const { actions } = smallMapSession(linkedValues()).session;
  draw({ partial: true, actions: { ...actions, discardPartial } as ViewSession["actions"] });
  const [first, second] = place.box.querySelectorAll("li");
  expect(first?.textContent).toMatch(/^Stopped at: Find phases\. What is finished stays usable\./);
  expect(second?.dataset["state"]).toBe("stopped");
  expect(second?.textContent).toBe("Find phasesstopped");
  expect(place.box.textContent).not.toContain("left");
  expect(buttons()).toEqual(["Continue", "Discard"]);
  [...place.box.querySelectorAll<HTMLButtonElement>("li button")][1]?.click();
  expect(discardPartial).toHaveBeenCalledOnce();
});

test("where nothing unfinished is shown there is nothing to discard", () => {
  draw({ partial: false });
  expect(buttons()).toEqual(["Continue"]);
});
