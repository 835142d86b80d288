import { lazy, type ReactNode, Suspense } from "react";
import type { ViewDefinition, ViewSession } from "../session/view-session.js";
import { loadedOnce } from "../ui/later.js";
import { ComingView } from "./coming-view.js";

/** A view of the registry, with its kind of settings closed over. */
export interface RegisteredView {
  readonly id: string;
  readonly title: string;
  /** Brings what the view is made of, if it comes later: it stands at once then when it is first shown. */
  readonly preload?: () => Promise<unknown>;
  render(session: ViewSession, saved: unknown, onSpec: (spec: unknown) => void): ReactNode;
}

export function registered<Spec>({ id, title, component: View, parseSpec }: ViewDefinition<Spec>): RegisteredView {
  return {
    id,
    title,
    render: (session, saved, onSpec) => <View session={session} spec={parseSpec(saved)} onSpec={onSpec} />,
  };
}

interface Kept {
  readonly session: ViewSession;
  readonly saved: unknown;
  onSpec(spec: unknown): void;
}

/** A view that few need: what it is made of comes when it is first shown. */
export function registeredLater<Spec>(id: string, title: string, load: () => Promise<ViewDefinition<Spec>>): RegisteredView {
  const preload = loadedOnce(load);
  const Later = lazy(async () => {
    const { component: View, parseSpec } = await preload();
    return { default: ({ session, saved, onSpec }: Kept) => <View session={session} spec={parseSpec(saved)} onSpec={onSpec} /> };
  });
  return {
    id,
    title,
    preload,
    render: (session, saved, onSpec) => (
      <Suspense fallback={<ComingView title={title} />}>
        <Later session={session} saved={saved} onSpec={onSpec} />
      </Suspense>
    ),
  };
}
