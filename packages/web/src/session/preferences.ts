/** What belongs to the user and not to a file: kept in the browser, whatever is open. */
import type { StoreApi } from "zustand/vanilla";
import type { SessionState } from "./session-state.js";

const KEY = "sigma-preferences";

type Preferences = Pick<SessionState, "themeChoice" | "allControls" | "classColumns" | "singleKeys" | "patternsForAll">;

/** Whether what was saved, perhaps by another version, is a value of the preference. */
const fits: { readonly [name in keyof Preferences]: (saved: unknown) => boolean } = {
  themeChoice: (saved) => saved === "system" || saved === "dark" || saved === "light",
  allControls: isFlag,
  classColumns: (saved) => Array.isArray(saved) && saved.every((entry) => typeof entry === "string"),
  singleKeys: isFlag,
  patternsForAll: isFlag,
};

const names = Object.keys(fits) as readonly (keyof Preferences)[];

export function preferencesOf(state: SessionState): Preferences {
  const { themeChoice, allControls, classColumns, singleKeys, patternsForAll } = state;
  return { themeChoice, allControls, classColumns, singleKeys, patternsForAll };
}

/** Reads what was chosen before, and remembers every choice from now on; gives the way to stop. */
export function keepPreferences(store: StoreApi<SessionState>): () => void {
  store.setState(readPreferences());
  return store.subscribe((now, before) => {
    if (names.some((name) => now[name] !== before[name])) localStorage.setItem(KEY, JSON.stringify(preferencesOf(now)));
  });
}

function readPreferences(): Partial<SessionState> {
  const saved = savedText();
  if (typeof saved !== "object" || saved === null) return {};
  return Object.fromEntries(Object.entries(saved).filter(([name, value]) => isPreference(name) && fits[name](value)));
}

/** Nothing where what was saved is no JSON. */
function savedText(): unknown {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}");
  } catch {
    return undefined;
  }
}

function isPreference(name: string): name is keyof Preferences {
  return name in fits;
}

function isFlag(saved: unknown): boolean {
  return typeof saved === "boolean";
}
