/** One sentence for each parameter of a step: what its value comes to on this image. */
import type { RecipeStep } from "@sigma-eds/core";
import type { Ground } from "./ground.js";

export type StepWithParameters = Exclude<RecipeStep, { readonly step: "edit" }>;

/** The entry of a step in a recipe. */
export type EntryOf<Id extends StepWithParameters["step"]> = Extract<StepWithParameters, { readonly step: Id }>;

/** The entry of a step by one of its methods. */
export type MethodEntry<Id extends StepWithParameters["step"], Method extends string> = Extract<
  StepWithParameters,
  { readonly step: Id; readonly method: Method }
>;

type IsUnion<T, All = T> = T extends unknown ? ([All] extends [T] ? false : true) : never;

/** `step` says which entry it is; so does `method`, where each method has parameters of its own. */
type Identity<Entry> =
  | "step"
  | (Entry extends { readonly method: infer Method } ? (IsUnion<Method> extends true ? never : "method") : never);

/** Those of the entries whose method has parameters of its own. */
export type WithMethod<Entry> = Entry extends { readonly method: infer Method }
  ? IsUnion<Method> extends true
    ? never
    : Entry
  : never;

/** A sentence for every parameter of an entry: the compiler asks for each. */
export type Tellers<Entry> = {
  readonly [Name in Exclude<keyof Entry, Identity<Entry>>]-?: (value: Entry[Name], ground: Ground<Entry>) => string;
};
