/** What the app lends to controls that know no session. */
import { useMemo } from "react";
import { fileStem } from "../session/file-stem.js";
import type { Session } from "../session/session.js";
import type { Host } from "../ui/host.js";

export function useHostOf(session: Session): Host {
  return useMemo(() => hostOf(session), [session]);
}

function hostOf({ commands, actions, store }: Session): Host {
  return {
    offer: (offered) => commands.register(offered),
    say: actions.say,
    save(ending, text) {
      const { image, file } = store.getState();
      actions.download(`${fileStem(image?.name ?? file?.name ?? "map")}-${ending}`, text, "text/csv");
      actions.say(`${ending} written.`);
    },
    copy(what, text) {
      void navigator.clipboard.writeText(text).then(
        () => actions.say(`${what} copied.`),
        () => actions.say("The browser did not allow copying. Save the table as a file instead."),
      );
    },
  };
}
