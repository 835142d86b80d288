/** Parts of the page that come when they are first shown, or before, while nothing else is to be done. */
import { type ComponentType, lazy, Suspense, useEffect, useState } from "react";
import { EmptyState } from "./empty-state.js";

/** A shorter wait is not told. */
const QUIET_MS = 400;

/** What stands in the place of something that is on its way: nothing, and a word after a moment. */
export function Coming() {
  const [isTold, setTold] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setTold(true), QUIET_MS);
    return () => clearTimeout(timer);
  }, []);
  return isTold && <EmptyState sentence="Loading…" />;
}

/** The same work for all who ask for it; what could not be brought is asked for again. */
export function loadedOnce<Result>(load: () => Promise<Result>): () => Promise<Result> {
  let coming: Promise<Result> | undefined;
  return () => {
    coming ??= load().catch((error: unknown) => {
      coming = undefined;
      throw error;
    });
    return coming;
  };
}

export interface Later<Props> {
  readonly component: ComponentType<Props>;
  preload(): Promise<unknown>;
}

/** A component whose code comes when it is first drawn, or by `preload`. */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): Later<Props> {
  const preload = loadedOnce(load);
  const Part: ComponentType<Props> = lazy(async () => ({ default: await preload() }));
  const component = (props: Props) => (
    <Suspense fallback={<Coming />}>
      <Part {...props} />
    </Suspense>
  );
  return { component, preload };
}
