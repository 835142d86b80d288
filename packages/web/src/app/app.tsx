import { useEffect, useMemo, useRef } from "react";
import { createSession, type Session } from "../session/session.js";
import { themeOf, useSessionState, useViewSession } from "../session/use-view-session.js";
import { UiProvider } from "../ui/ui-provider.js";
import { appCommands } from "./app-commands.js";
import { chooseFiles } from "./choose-files.js";
import { KeysDialog, openKeys } from "./keys-dialog.js";
import { openAnalysed } from "./open-analysed.js";
import { openPalette, Palette } from "./palette.js";
import { ProblemCard } from "./problem-card.js";
import { SessionContext } from "./session-context.js";
import { Belt } from "./shell/belt.js";
import { Inspector } from "./shell/inspector.js";
import { Rail } from "./shell/rail.js";
import styles from "./shell/shell.module.css";
import { StatusLine } from "./shell/status-line.js";
import { TopBar } from "./shell/top-bar.js";
import { Start } from "./start/start.js";
import { useDroppedFiles } from "./use-dropped-files.js";
import { useShellKeys } from "./use-shell-keys.js";
import { WorkPlace } from "./work-place.js";

interface Props {
  /** Given by tests; the app makes its own. */
  readonly session?: Session;
}

export function App({ session: given }: Props) {
  const session = useMemo(() => given ?? createSession(), [given]);
  const theme = useSessionState(session, themeOf);
  useSystemTheme(session);
  return (
    <UiProvider theme={theme}>
      <Shell session={session} />
    </UiProvider>
  );
}

function Shell({ session }: { readonly session: Session }) {
  const shown = useViewSession(session);
  const newest = useRef(shown);
  newest.current = shown;
  const context = useMemo(() => ({ session, shown }), [session, shown]);
  const onStart = useSessionState(session, (state) => state.onStart);
  useEffect(() => {
    const choose = (): void =>
      void chooseFiles().then((files) => (files.length > 0 ? session.actions.openFiles(files) : undefined));
    const acts = { chooseFiles: choose, openPalette, showKeys: openKeys };
    return session.commands.register(appCommands(session, () => newest.current, acts));
  }, [session]);
  useEffect(() => {
    if (session.store.getState().origin === undefined) void openAnalysed(session, "seven-minerals");
  }, [session]);
  useShellKeys(session);
  const over = useDroppedFiles(session.actions.openFiles);
  return (
    <SessionContext value={context}>
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
              </div>
            </main>
            <Inspector />
          </>
        )}
        <StatusLine />
      </div>
      <Palette />
      <KeysDialog />
      {over && <div className={styles["dropping"]}>Drop to open</div>}
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
