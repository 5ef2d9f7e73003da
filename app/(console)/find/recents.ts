/** The pages a person opened last: only ids, only in this browser. */
export type Recent = { licenses: string[]; customers: string[] };

type Opened = { kind: "license" | "customer"; id: string };

const KEY = "signet.recent";
const MOST = 8;

/** Records that a license or a customer was opened; other pages are ignored. */
export function noteOpened(path: string): void {
  const opened = openedAt(path);
  if (!opened) return;
  const others = stored().filter(({ kind, id }) => kind !== opened.kind || id !== opened.id);
  store([opened, ...others].slice(0, MOST));
}

/** The last eight entries, without the page that is open. */
export function recents(path: string): Recent {
  const here = openedAt(path);
  const others = stored().filter(({ kind, id }) => kind !== here?.kind || id !== here.id);
  const idsOf = (wanted: Opened["kind"]) => others.filter(({ kind }) => kind === wanted).map(({ id }) => id);
  return { licenses: idsOf("license"), customers: idsOf("customer") };
}

function openedAt(path: string): Opened | null {
  const [, section, id = ""] = path.split("/");
  if (section === "licenses" && /^[0-9]{16}$/.test(id)) return { kind: "license", id };
  return section === "customers" && /^[0-9a-f-]{36}$/.test(id) ? { kind: "customer", id } : null;
}

function stored(): Opened[] {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(read) ? read.filter(isOpened) : [];
  } catch {
    return [];
  }
}

function store(opened: Opened[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(opened));
  } catch {
    // The browser has no storage, so there are no recent entries.
  }
}

function isOpened(value: unknown): value is Opened {
  if (typeof value !== "object" || value === null || !("kind" in value) || !("id" in value)) return false;
  return (value.kind === "license" || value.kind === "customer") && typeof value.id === "string";
}
