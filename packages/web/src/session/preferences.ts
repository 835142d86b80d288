/** What belongs to the user and not to a file: theme, whether all controls are shown, and the columns of the class list. */
import type { StoreApi } from "zustand/vanilla";
import type { SessionState } from "./session-state.js";

const KEY = "sigma-preferences";

/** Reads what was chosen before, and remembers every choice from now on; gives the way to stop. */
export function keepPreferences(store: StoreApi<SessionState>): () => void {
  store.setState(readPreferences());
  return store.subscribe(({ themeChoice, allControls, classColumns }, before) => {
    const isSame =
      themeChoice === before.themeChoice && allControls === before.allControls && classColumns === before.classColumns;
    if (!isSame) localStorage.setItem(KEY, JSON.stringify({ themeChoice, allControls, classColumns }));
  });
}

function readPreferences(): Partial<SessionState> {
  const saved: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
  if (typeof saved !== "object" || saved === null) return {};
  const theme = "themeChoice" in saved ? saved.themeChoice : undefined;
  return {
    ...(theme === "dark" || theme === "light" ? { themeChoice: theme } : {}),
    ...("allControls" in saved && typeof saved.allControls === "boolean" ? { allControls: saved.allControls } : {}),
    ...("classColumns" in saved && isTexts(saved.classColumns) ? { classColumns: saved.classColumns } : {}),
  };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === "string");
}
