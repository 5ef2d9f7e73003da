/** How every chart of the console looks: no dots, no tooltip, and the grid of the page. A slider and words read it out. */
export const CHART_LOOK = {
  withDots: false,
  withTooltip: false,
  accessibilityLayer: false,
  gridAxis: "x",
  tickLine: "none",
  gridColor: "var(--s-border)",
  textColor: "var(--s-text-3)",
  strokeDasharray: "0",
} as const;
