import { MantineProvider } from "@mantine/core";
import { type ReactNode, useLayoutEffect } from "react";
import "./component-styles.js";
import "./base.css";
import { useMenuKeys } from "./menu/use-menu-keys.js";
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
  useMenuKeys();
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} forceColorScheme={scheme}>
      {children}
    </MantineProvider>
  );
}
