/** The preferences of a person in one browser. They are in a cookie, so that the server can render with them. */
export type Preferences = {
  density: "comfortable" | "compact";
  /** The IANA name of the time zone for displayed times. */
  zone: string;
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
  const zone = said.get("zone") ?? "";
  return {
    density: said.get("density") === "compact" ? "compact" : "comfortable",
    zone: isZone(zone) ? zone : "UTC",
    singleKeys: said.get("keys") !== "off",
    firstSteps: said.get("steps") !== "off",
    pages: said.get("pages") === "on",
  };
}

/** Serializes preferences for `readPreferences`, without default values. */
export function writePreferences({ density, zone, singleKeys, firstSteps, pages }: Preferences): string {
  return new URLSearchParams({
    ...(density === "compact" ? { density } : {}),
    ...(zone === "UTC" ? {} : { zone }),
    ...(singleKeys ? {} : { keys: "off" }),
    ...(firstSteps ? {} : { steps: "off" }),
    ...(pages ? { pages: "on" } : {}),
  }).toString();
}

function isZone(zone: string): boolean {
  if (zone === "") return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
