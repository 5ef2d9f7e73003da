/** How one person likes the console in one browser. It stands in a cookie, so that the server paints it. */
export type Preferences = {
  density: "comfortable" | "compact";
  /** The IANA name of the zone in which times are shown. */
  zone: string;
  /** Whether single keys, such as `/`, are shortcuts (WCAG 2.1.4). */
  singleKeys: boolean;
  /** Whether the first steps stand on the overview until they are done. */
  firstSteps: boolean;
  /** Whether long lists come in pages with links, not as one scrolls. */
  pages: boolean;
};

export const PREFERENCES_COOKIE = "signet.preferences";

/** What a cookie says; what it says wrongly counts as not said. */
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

/** What `readPreferences` reads, without what is as it is anyway. */
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
