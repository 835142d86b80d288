import { Menu } from "@mantine/core";
import type { Recipe } from "@sigma-eds/core";
import { IconPlus } from "@tabler/icons-react";
import { type Ref, useState } from "react";
import { addStep } from "../../session/recipe-acts.js";
import type { RecipeRefusal, StepEntry } from "../../session/recipe-steps.js";
import type { ViewSession } from "../../session/view-session.js";
import { ParameterField } from "../../ui/parameters/parameter-field.js";
import { type StepOffer, stepOffers } from "../../ui/parameters/step-offers.js";
import { TextButton } from "../../ui/text-button.js";
import described from "./described-list.module.css";
import styles from "./steps.module.css";

interface Props {
  readonly session: ViewSession;
  readonly buttonRef: Ref<HTMLButtonElement>;
}

/** Every step that the recipe may be given; it goes to its place. One that cannot be without a value asks for it first. */
export function AddStep({ session, buttonRef }: Props) {
  const [asking, setAsking] = useState<StepOffer>();
  const groups = groupsOf(session.recipe);
  const choose = (offer: StepOffer): void => {
    setAsking(offer.missing.length > 0 ? offer : undefined);
    if (offer.missing.length === 0) addStep(session, offer.entry);
  };
  return (
    <>
      <Menu position="bottom-start" shadow="md" width="target" withinPortal>
        <Menu.Target>
          <button type="button" ref={buttonRef} className={styles["add"]}>
            <IconPlus size={14} stroke={1.8} aria-hidden /> Add step
          </button>
        </Menu.Target>
        <Menu.Dropdown className={described["list"]} aria-label="Add step">
          {groups.map(({ title, offers }) => [
            <Menu.Label key={title}>{title}</Menu.Label>,
            ...offers.map((offer) => (
              <Menu.Item key={offer.step} onClick={() => choose(offer)}>
                <strong>{offer.title}</strong>
                <small>{offer.summary}</small>
              </Menu.Item>
            )),
          ])}
        </Menu.Dropdown>
      </Menu>
      {asking !== undefined && <Missing offer={asking} session={session} onDone={() => setAsking(undefined)} />}
    </>
  );
}

function groupsOf({ steps }: Recipe): { readonly title: string; readonly offers: readonly StepOffer[] }[] {
  const isThere = ({ step }: StepOffer): boolean => steps.some((entry) => entry.step === step);
  const all = stepOffers();
  return [
    { title: "Not in the recipe", offers: all.filter((offer) => !isThere(offer)) },
    { title: "Once more", offers: all.filter(isThere) },
  ].filter(({ offers }) => offers.length > 0);
}

interface MissingProps {
  readonly offer: StepOffer;
  readonly session: ViewSession;
  onDone(): void;
}

/** What a step cannot be without, before it is added. */
function Missing({ offer, session, onDone }: MissingProps) {
  const [entry, setEntry] = useState<StepEntry>(offer.entry);
  const [refusal, setRefusal] = useState<RecipeRefusal>();
  const open = offer.missing.find(({ name }) => entry[name] === undefined);
  const add = (): void => {
    const refused = addStep(session, entry);
    setRefusal(refused);
    if (refused === undefined) onDone();
  };
  return (
    <section className={styles["missing"]} aria-label={`Add ${offer.title}`}>
      <h4>{offer.title}</h4>
      {offer.missing.map((field) => (
        <ParameterField
          key={field.name}
          field={field}
          value={entry[field.name]}
          hasDefault={false}
          onChange={(value) => setEntry({ ...entry, [field.name]: value })}
        />
      ))}
      {refusal !== undefined && (
        <p className={styles["refusal"]} role="alert">
          {refusal.sentence}
        </p>
      )}
      <div className={styles["row"]}>
        <TextButton look="primary" unavailable={open && `First say: ${open.title}.`} onClick={add}>
          Add
        </TextButton>
        <TextButton look="plain" onClick={onDone}>
          Cancel
        </TextButton>
      </div>
    </section>
  );
}
