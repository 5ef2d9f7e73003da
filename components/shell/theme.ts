import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from "@mantine/core";

const ink: MantineColorsTuple = [
  "#f0f3fc",
  "#dbe5f9",
  "#bdcef3",
  "#96b0eb",
  "#7292df",
  "#4f72cc",
  "#3556b1",
  "#294598",
  "#1e3576",
  "#152552",
];

/** Dark shades for Mantine's own parts, such as switches, in the hue of the tokens. */
const dark: MantineColorsTuple = [
  "#c9ccd3",
  "#b4b8c2",
  "#8b919e",
  "#6b7280",
  "#424954",
  "#353b46",
  "#2a303a",
  "#1c2129",
  "#161a21",
  "#101318",
];

const DANGER = {
  background: "var(--s-exceeded)",
  hover: "color-mix(in srgb, var(--s-exceeded) 88%, var(--s-text))",
  color: "var(--s-on-ink)",
  border: "1px solid transparent",
};

/**
 * Filled controls use the tokens, because Mantine computes their text color for the light theme only. `color="danger"`
 * is for destructive buttons.
 */
const variantColorResolver: VariantColorsResolver = (input) => {
  if (input.color === "danger") return DANGER;
  const colors = defaultVariantColorsResolver(input);
  const isPrimary = (input.color ?? input.theme.primaryColor) === input.theme.primaryColor;
  if (input.variant !== "filled" || !isPrimary) return colors;
  return { ...colors, background: "var(--s-ink)", hover: "var(--s-ink-hover)", color: "var(--s-on-ink)" };
};

/** The Mantine theme with the console's colors and sizes; the tokens are in app/globals.css. */
export const theme = createTheme({
  colors: { ink, dark },
  primaryColor: "ink",
  primaryShade: { light: 7, dark: 3 },
  variantColorResolver,
  white: "#fefdfc",
  black: "#11141a",
  fontFamily: "var(--s-sans)",
  fontFamilyMonospace: "var(--s-mono)",
  defaultRadius: "6px",
  cursorType: "pointer",
  focusRing: "auto",
  respectReducedMotion: true,
  fontSizes: { sm: "14px", xs: "13px" },
});

const tokens = {
  "--mantine-color-body": "var(--s-body)",
  "--mantine-color-text": "var(--s-text)",
  "--mantine-color-dimmed": "var(--s-text-3)",
  "--mantine-color-placeholder": "var(--s-text-3)",
  "--mantine-color-error": "var(--s-exceeded)",
  "--mantine-color-default": "var(--s-surface)",
  "--mantine-color-default-hover": "var(--s-row-hover)",
  "--mantine-color-default-color": "var(--s-text)",
  "--mantine-color-default-border": "var(--s-border-strong)",
  "--mantine-color-disabled": "var(--s-sunken)",
  "--mantine-color-disabled-color": "var(--s-disabled)",
  "--mantine-color-disabled-border": "var(--s-border)",
  "--mantine-primary-color-filled": "var(--s-ink)",
  "--mantine-primary-color-filled-hover": "var(--s-ink-hover)",
  "--mantine-primary-color-contrast": "var(--s-on-ink)",
};

export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: tokens, dark: tokens });
