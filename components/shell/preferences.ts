/** The preferences of a person in one browser. They are in a cookie, so that the server can render with them. */
export type Preferences = {
  density: "comfortable" | "compact";
  /** Whether times are in UTC for now, although the person has another time zone. */
  inUtc: boolean;
  /** Whether single keys, such as `/`, are shortcuts (WCAG 2.1.4). */
  singleKeys: boolean;
  /** Whether the overview shows the first steps until they are done. */
  firstSteps: boolean;
  /** Whether long lists are paged instead of scrolling. */
  pages: boolean;
};

export const PREFERENCES_COOKIE = "signet.preferences";

/** Parses the cookie; invalid values fall back to defaults. */
export function readPreferences(cookie = ""): Preferences {
  const said = new URLSearchParams(cookie);
  return {
    density: said.get("density") === "compact" ? "compact" : "comfortable",
    inUtc: said.get("utc") === "on",
    singleKeys: said.get("keys") !== "off",
    firstSteps: said.get("steps") !== "off",
    pages: said.get("pages") === "on",
  };
}

/** Serializes preferences for `readPreferences`, without default values. */
export function writePreferences({ density, inUtc, singleKeys, firstSteps, pages }: Preferences): string {
  return new URLSearchParams({
    ...(density === "compact" ? { density } : {}),
    ...(inUtc ? { utc: "on" } : {}),
    ...(singleKeys ? {} : { keys: "off" }),
    ...(firstSteps ? {} : { steps: "off" }),
    ...(pages ? { pages: "on" } : {}),
  }).toString();
}
