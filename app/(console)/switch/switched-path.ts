const KEPT = ["month", "by"];

/**
 * The same page of another license: the tab, the month and the display options are kept; parameters about the previous
 * license are dropped.
 */
export function switchedPath(path: string, search: string, number: string): string {
  const [, section, , tab] = path.split("/");
  const asked = [...new URLSearchParams(search)].filter(([name]) => KEPT.includes(name));
  const kept = new URLSearchParams(asked).toString();
  return `/licenses/${number}${section === "licenses" && tab ? `/${tab}` : ""}${kept ? `?${kept}` : ""}`;
}
