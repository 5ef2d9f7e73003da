/** The common look of charts: no dots, no tooltip, the page's own grid. A slider and text give the values. */
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

/** The dashes of lines, in charts and their legends. */
export const GHOST_DASH = "2 3";
export const FORECAST_DASH = "6 4";
export const CAP_DASH = "2 3";
