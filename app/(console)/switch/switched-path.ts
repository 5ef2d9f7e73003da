const KEPT = ["month", "by"];

/** The same page of another license: its tab, the month, and by what it is shown; the rest was about the one left. */
export function switchedPath(path: string, search: string, number: string): string {
  const [, section, , tab] = path.split("/");
  const asked = [...new URLSearchParams(search)].filter(([name]) => KEPT.includes(name));
  const kept = new URLSearchParams(asked).toString();
  return `/licenses/${number}${section === "licenses" && tab ? `/${tab}` : ""}${kept ? `?${kept}` : ""}`;
}
