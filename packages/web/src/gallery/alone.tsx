import { type ReactNode, useEffect, useMemo, useState } from "react";
import type { PanelDefinition, ViewDefinition, ViewSession } from "../session/view-session.js";
import { exampleSession } from "./example-session.js";
import type { GalleryContext } from "./gallery-entry.js";

interface Setting<Spec> {
  readonly spec?: Partial<Spec>;
  readonly changes?: Partial<ViewSession>;
  /** Brings the shared values into the state, after the view is there. */
  prepare?(session: ViewSession): void;
}

/** A view by itself, over example data. */
export function viewAlone<Spec extends object>(view: ViewDefinition<Spec>, { spec, changes, prepare }: Setting<Spec> = {}) {
  return (context: GalleryContext): ReactNode => (
    <Alone context={context} changes={changes} prepare={prepare}>
      {(session) => <WithSpec view={view} start={{ ...view.parseSpec(undefined), ...spec }} session={session} />}
    </Alone>
  );
}

/** A panel of the inspector by itself. */
export function panelAlone({ component: Panel }: PanelDefinition, { changes, prepare }: Setting<object> = {}) {
  return (context: GalleryContext): ReactNode => (
    <Alone context={context} changes={changes} prepare={prepare}>
      {(session) => (
        <div style={{ padding: 12, height: "100%", overflow: "auto" }}>
          <Panel session={session} />
        </div>
      )}
    </Alone>
  );
}

interface AloneProps {
  readonly context: GalleryContext;
  readonly changes: Partial<ViewSession> | undefined;
  readonly prepare: ((session: ViewSession) => void) | undefined;
  readonly children: (session: ViewSession) => ReactNode;
}

function Alone({ context, changes, prepare, children }: AloneProps) {
  const session = useMemo(() => exampleSession(context.data, { theme: context.theme, ...changes }).session, [context, changes]);
  useEffect(() => prepare?.(session), [prepare, session]);
  return children(session);
}

interface WithSpecProps<Spec> {
  readonly view: ViewDefinition<Spec>;
  readonly start: Spec;
  readonly session: ViewSession;
}

function WithSpec<Spec>({ view: { component: View }, start, session }: WithSpecProps<Spec>) {
  const [spec, setSpec] = useState(start);
  return <View session={session} spec={spec} onSpec={setSpec} />;
}
