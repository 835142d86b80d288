import { useEffect, useMemo, useState } from "react";
import { UiProvider } from "../ui/ui-provider.js";
import { galleryEntries } from "./entries.js";
import { type ExampleData, exampleData } from "./example-data.js";
import styles from "./gallery.module.css";
import type { GalleryEntry } from "./gallery-entry.js";

interface Props {
  readonly theme: "dark" | "light";
  /** Only this view, or all. */
  readonly only: string | undefined;
}

/** Every view on its own, in all its states, over the same small map of seven minerals. `?view=spectrum&theme=light` shows one. */
export function Gallery({ theme, only }: Props) {
  const [data, setData] = useState<ExampleData>();
  useEffect(() => {
    void exampleData().then(setData);
  }, []);
  const shown = galleryEntries.filter(({ id }) => only === undefined || id === only);
  return (
    <UiProvider theme={theme}>
      <main className={styles["page"]}>
        <div className={styles["head"]}>
          <h1>Every view on its own</h1>
          <nav className={styles["links"]} aria-label="Views">
            {galleryEntries.map(({ id, title }) => (
              <a key={id} href={`?view=${id}&theme=${theme}`}>
                {title}
              </a>
            ))}
          </nav>
        </div>
        {data === undefined ? (
          <p role="status">Making a map of seven minerals and finding its phases…</p>
        ) : (
          shown.map((entry) => <Entry key={entry.id} entry={entry} data={data} theme={theme} />)
        )}
      </main>
    </UiProvider>
  );
}

function Entry({
  entry,
  data,
  theme,
}: {
  readonly entry: GalleryEntry;
  readonly data: ExampleData;
  readonly theme: "dark" | "light";
}) {
  const context = useMemo(() => ({ data, theme }), [data, theme]);
  return (
    <>
      {entry.states.map((state) => (
        <div key={state.name} className={styles["state"]} data-state={`${entry.id}/${state.name}`}>
          <h2>
            {entry.title}: {state.name}
          </h2>
          <div className={styles["box"]} style={{ width: entry.width, height: entry.height }}>
            {state.render(context)}
          </div>
        </div>
      ))}
    </>
  );
}
