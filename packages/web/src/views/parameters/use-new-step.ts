import { type RefObject, useEffect, useRef, useState } from "react";
import type { StepForm } from "../../ui/parameters/schema-fields.js";

export interface KeyedForm {
  readonly key: string;
  readonly form: StepForm;
}

/** Forms by what they are, not by their place: `bin`, `bin 2`. What is open stays open when a step comes before it. */
export function keyedForms(forms: readonly StepForm[]): KeyedForm[] {
  const times = new Map<string, number>();
  return forms.map((form) => {
    const nth = (times.get(form.step) ?? 0) + 1;
    times.set(form.step, nth);
    return { key: nth === 1 ? form.step : `${form.step} ${nth}`, form };
  });
}

/** The key of the one step that was added last. It is brought to sight; where a step went with the button that had the focus, the focus goes to `next`. */
export function useNewStep(
  forms: readonly KeyedForm[],
  place: RefObject<HTMLElement | null>,
  next: RefObject<HTMLElement | null>,
): string | undefined {
  const keys = forms.map(({ key }) => key).join("\n");
  const before = useRef(keys);
  const [added, setAdded] = useState<string>();
  useEffect(() => {
    const [was, now] = [before.current.split("\n"), keys.split("\n")];
    before.current = keys;
    const fresh = now.filter((key) => !was.includes(key));
    if (now.length > was.length && fresh.length === 1) {
      setAdded(fresh[0]);
      place.current?.children[now.indexOf(fresh[0]!)]?.scrollIntoView({ block: "nearest" });
    }
    if (now.length < was.length && document.activeElement === document.body) next.current?.focus();
  }, [keys, place, next]);
  return added;
}
