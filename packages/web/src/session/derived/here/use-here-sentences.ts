/** Sentences about parameters, loaded when a panel first shows some: they are no part of what the app needs to start. */
import { useEffect, useState } from "react";
import type * as Sentences from "./here.js";

let loaded: typeof Sentences | undefined;

/** Undefined until they are there. */
export function useHereSentences(): typeof Sentences | undefined {
  const [sentences, setSentences] = useState(loaded);
  useEffect(() => {
    let isWanted = true;
    if (loaded === undefined) {
      void import("./here.js").then((module) => {
        loaded = module;
        if (isWanted) setSentences(module);
      });
    }
    return () => {
      isWanted = false;
    };
  }, []);
  return sentences;
}
