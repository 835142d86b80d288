import type { ReactNode } from "react";
import type { ViewDefinition, ViewSession } from "../session/view-session.js";

/** A view of the registry, with its kind of settings closed over. */
export interface RegisteredView {
  readonly id: string;
  readonly title: string;
  render(session: ViewSession, saved: unknown, onSpec: (spec: unknown) => void): ReactNode;
}

export function registered<Spec>({ id, title, component: View, parseSpec }: ViewDefinition<Spec>): RegisteredView {
  return {
    id,
    title,
    render: (session, saved, onSpec) => <View session={session} spec={parseSpec(saved)} onSpec={onSpec} />,
  };
}
