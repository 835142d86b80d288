/** Mantine in the clothes of `tokens.css`: neutral greys, ink for what matters most, blue for focus alone. */
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

const grey: MantineColorsTuple = [
  "#f5f5f3",
  "#ececea",
  "#dededa",
  "#c4c4bf",
  "#a6a8ab",
  "#8e9195",
  "#65686c",
  "#3b3d41",
  "#1f2023",
  "#0f1011",
];

/** What closes is gone at once: a key that is pressed next is meant for what lies under it. */
const fadesIn = { defaultProps: { transitionProps: { duration: 120, exitDuration: 0 } } };

/** Of the button that closes a dialog: a sign alone. */
const closeButtonProps = { "aria-label": "Close" };

export const theme = createTheme({
  fontFamily: "var(--font)",
  primaryColor: "grey",
  primaryShade: { light: 9, dark: 1 },
  autoContrast: true,
  colors: { grey },
  defaultRadius: "var(--radius)",
  cursorType: "pointer",
  focusRing: "auto",
  fontSizes: { xs: "11.5px", sm: "12.5px", md: "13px", lg: "15px", xl: "18px" },
  lineHeights: { xs: "1.35", sm: "1.4", md: "1.4", lg: "1.4", xl: "1.3" },
  spacing: { xs: "4px", sm: "8px", md: "12px", lg: "16px", xl: "24px" },
  headings: { fontWeight: "600" },
  components: { Menu: fadesIn, Popover: fadesIn, Modal: { defaultProps: { ...fadesIn.defaultProps, closeButtonProps } } },
});

const ours = {
  "--mantine-color-body": "var(--panel)",
  "--mantine-color-text": "var(--text)",
  "--mantine-color-dimmed": "var(--text2)",
  "--mantine-color-disabled-color": "var(--text2)",
  "--mantine-color-placeholder": "var(--text3)",
  "--mantine-color-anchor": "var(--accent)",
  "--mantine-color-error": "var(--error)",
  "--mantine-color-default": "var(--raised)",
  "--mantine-color-default-hover": "var(--raised2)",
  "--mantine-color-default-color": "var(--text)",
  "--mantine-color-default-border": "var(--line2)",
  "--mantine-primary-color-filled": "var(--solid)",
  "--mantine-primary-color-filled-hover": "var(--solid)",
  "--mantine-primary-color-contrast": "var(--ink)",
  "--mantine-primary-color-light": "var(--raised2)",
  "--mantine-primary-color-light-color": "var(--text)",
};

export const cssVariables: CSSVariablesResolver = () => ({ variables: ours, light: ours, dark: ours });
