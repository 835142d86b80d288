/**
 * Told often, by work that takes long, how to look at what there is so far. A host that shows it looks now, or not at all: how often is its own affair, and
 * nothing that is computed depends on it. What it sees is its own copy.
 */
export type Watcher<Glimpse> = (look: () => Glimpse) => void;
