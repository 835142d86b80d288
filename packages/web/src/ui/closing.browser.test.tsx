import { Menu, Modal, Popover } from "@mantine/core";
import { expect, test, vi } from "vitest";
import { mounted } from "./mounted.test-support.js";
import { UiProvider } from "./ui-provider.js";

const place = mounted();

test("a menu and a popover that close are gone at once, so that the next key is not meant for them", async () => {
  place.root.render(
    <UiProvider theme="dark">
      <Menu>
        <Menu.Target>
          <button type="button">Menu</button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item>Entry</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Popover>
        <Popover.Target>
          <button type="button">Popover</button>
        </Popover.Target>
        <Popover.Dropdown>Inside</Popover.Dropdown>
      </Popover>
    </UiProvider>,
  );
  await vi.waitFor(() => expect(place.box.querySelectorAll("button")).toHaveLength(2), { timeout: 30_000 });
  const [menu, popover] = place.box.querySelectorAll<HTMLElement>("button");
  const shown = (role: string) => document.querySelector(`[role=${role}]`) !== null;
  const frames = async () => {
    for (let i = 0; i < 2; i++) await new Promise((next) => requestAnimationFrame(next));
  };
  menu!.click();
  await vi.waitFor(() => expect(shown("menuitem")).toBe(true), { timeout: 30_000 });
  document.querySelector<HTMLElement>("[role=menuitem]")!.click();
  await frames();
  expect(shown("menu")).toBe(false);
  popover!.click();
  await vi.waitFor(() => expect(shown("dialog")).toBe(true), { timeout: 30_000 });
  popover!.click();
  await frames();
  expect(shown("dialog")).toBe(false);
});

test("the button that closes a dialog has a name", async () => {
  place.root.render(
    <UiProvider theme="dark">
      <Modal opened onClose={() => {}} title="Keys">
        Inside
      </Modal>
    </UiProvider>,
  );
  const button = () => document.querySelector("[role=dialog] button");
  await vi.waitFor(() => expect(button()).not.toBeNull(), { timeout: 30_000 });
  expect(button()!.getAttribute("aria-label")).toBe("Close");
});
