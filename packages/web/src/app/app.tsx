import type { DockviewApi } from "dockview-react";
import { useCallback, useEffect, useMemo, useState } from "react";
import { autosave } from "../session/autosave.js";
import { keepPreferences } from "../session/preferences.js";
import { createSession, type Session } from "../session/session.js";
import { browserStorage } from "../session/storage.js";
import { newestViewSession, themeOf, useSessionState, useViewSession } from "../session/use-view-session.js";
import { chooseFiles } from "../ui/choose-files.js";
import { HostContext } from "../ui/host.js";
import { UiProvider } from "../ui/ui-provider.js";
import { appCommands } from "./app-commands.js";
import { DockContext } from "./dock-context.js";
import { FigureDialog } from "./figure-dialog.js";
import { KeysDialog, openKeys } from "./keys-dialog.js";
import { openGiven } from "./open-given.js";
import { openPalette, Palette } from "./palette.js";
import { ProblemCard } from "./problem-card.js";
import { SessionContext, type ShellContext } from "./session-context.js";
import { openSettings, SettingsDialog } from "./settings-dialog.js";
import { Belt } from "./shell/belt.js";
import { Inspector } from "./shell/inspector.js";
import { Rail } from "./shell/rail.js";
import styles from "./shell/shell.module.css";
import { StatusLine } from "./shell/status-line.js";
import { TopBar } from "./shell/top-bar.js";
import { UndoToast } from "./shell/undo-toast.js";
import { Start } from "./start/start.js";
import { startUp } from "./start-up.js";
import { useDroppedFiles } from "./use-dropped-files.js";
import { useHostOf } from "./use-host.js";
import { useQuietKeys } from "./use-quiet-keys.js";
import { useShellKeys } from "./use-shell-keys.js";
import { useTypedName } from "./use-typed-name.js";
import { WorkPlace } from "./work-place.js";

export interface AppParts {
  readonly session: Session;
  readonly kept: ShellContext["kept"];
}

/** Everything that the app is made of, made once; React only draws it. */
export function makeApp(): AppParts {
  const session = createSession();
  keepPreferences(session.store);
  const storage = browserStorage();
  const saving = autosave(session, storage, () => crypto.randomUUID());
  // A window that is put away may never come back: phones and tabs end without another word.
  document.addEventListener("visibilitychange", () => document.hidden && saving.leave());
  addEventListener("pagehide", saving.leave);
  void startUp(session, storage, saving);
  return { session, kept: { storage, saving } };
}

export function App({ session, kept }: AppParts) {
  const theme = useSessionState(session, themeOf);
  useSystemTheme(session);
  return (
    <UiProvider theme={theme}>
      <Shell session={session} kept={kept} />
    </UiProvider>
  );
}

function Shell({ session, kept }: AppParts) {
  const shown = useViewSession(session);
  const context = useMemo(() => ({ session, shown, kept }), [session, shown, kept]);
  const [api, setApi] = useState<DockviewApi>();
  const dock = useMemo(() => ({ api, setApi }), [api]);
  const host = useHostOf(session);
  const onStart = useSessionState(session, (state) => state.onStart);
  useEffect(() => {
    const choose = (): void => void chooseFiles().then((files) => openGiven(session, files));
    const acts = { chooseFiles: choose, openPalette, showKeys: openKeys, showSettings: openSettings };
    return session.commands.register(appCommands(session, newestViewSession(session), acts));
  }, [session]);
  useTypedName(session);
  useQuietKeys(session);
  useShellKeys(session);
  const over = useDroppedFiles(useCallback((files) => void openGiven(session, files), [session]));
  return (
    <SessionContext value={context}>
      <HostContext value={host}>
        <DockContext value={dock}>
          <a className={styles["skip"]} href="#inspector">
            Skip to classes
          </a>
          <div className={styles["shell"]}>
            <TopBar />
            <Rail />
            {onStart ? (
              <Start />
            ) : (
              <>
                <main className={styles["main"]}>
                  <Belt />
                  <div className={styles["work"]}>
                    <WorkPlace />
                    <ProblemCard />
                    <UndoToast />
                  </div>
                </main>
                <Inspector />
              </>
            )}
            <StatusLine />
          </div>
        </DockContext>
        <Palette session={session} />
        <KeysDialog commands={session.commands} />
        <SettingsDialog session={session} />
        <FigureDialog session={session} />
        {over && <div className={styles["dropping"]}>Drop to open</div>}
      </HostContext>
    </SessionContext>
  );
}

function useSystemTheme({ store }: Session): void {
  useEffect(() => {
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const follow = (): void => store.setState({ systemTheme: dark.matches ? "dark" : "light" });
    follow();
    dark.addEventListener("change", follow);
    return () => dark.removeEventListener("change", follow);
  }, [store]);
}
