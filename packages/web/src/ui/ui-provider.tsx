import { MantineProvider } from "@mantine/core";
import "@mantine/core/styles.css";
import "@mantine/spotlight/styles.css";
import { type ReactNode, useLayoutEffect } from "react";
import "./base.css";
import { cssVariables, theme } from "./theme.js";

interface Props {
  readonly theme: "dark" | "light";
  readonly children: ReactNode;
}

/** Fonts, tokens and Mantine around everything that is drawn. */
export function UiProvider({ theme: scheme, children }: Props) {
  useLayoutEffect(() => {
    document.documentElement.dataset["theme"] = scheme;
  }, [scheme]);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} forceColorScheme={scheme}>
      {children}
    </MantineProvider>
  );
}
