/** Every parameter of the recipe in the palette, by its name: it is shown in the inspector, with the focus in it. */
import type { Command } from "../session/commands.js";
import type { Session } from "../session/session.js";
import { fieldsOfRecipe, stepForms } from "../ui/parameters/schema-fields.js";

type Parts = Pick<Session, "actions" | "store" | "linked">;

/** Of the recipe as it is now. */
export function parameterCommands({ actions, store, linked }: Parts): Command[] {
  const { recipe, image } = store.getState();
  const unavailable = (): string | undefined => (image === undefined ? "Open a file first." : undefined);
  const command = (title: string, { name, help }: { name: string; help: string }, step?: number): Command => ({
    id: `parameter.${step ?? "recipe"}.${name}`,
    title: `Control: ${title}`,
    words: `parameter ${name} ${help}`,
    unavailable,
    run: () => showParameter({ actions, linked }, name, step),
  });
  return [
    ...fieldsOfRecipe().map((field) => command(field.title, field)),
    ...stepForms(recipe).flatMap(({ index, title, fields }) =>
      fields.map((field) => command(`${field.title} (${title})`, field, index)),
    ),
  ];
}

/** Frames of waiting until the inspector has it. */
const PATIENCE = 60;

/** `step`: place in the recipe; undefined for what holds for all steps. */
function showParameter({ actions, linked }: Pick<Parts, "actions" | "linked">, name: string, step: number | undefined): void {
  actions.goToStage("find-phases");
  actions.showAllControls(true);
  actions.openPanel("parameters");
  // A search among the controls would hide it.
  linked.soughtControl.set("", "palette");
  focusOn(`${step === undefined ? "" : `[data-step="${step}"] `}[data-parameter="${name}"]`, PATIENCE);
}

function focusOn(selector: string, frames: number): void {
  requestAnimationFrame(() => {
    const place = document.querySelector(selector);
    place?.closest("details")?.setAttribute("open", "");
    const control = place?.querySelector<HTMLElement>("input, select, textarea, button, [tabindex='0']") ?? undefined;
    if (control === undefined) {
      if (frames > 0) focusOn(selector, frames - 1);
      return;
    }
    control.scrollIntoView({ block: "center" });
    control.focus();
  });
}
