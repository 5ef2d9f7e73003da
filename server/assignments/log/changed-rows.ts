import type { Assignment, Change, PatchContext, PatchResults } from "@/domain/assignments/assignment";
import { hashIn } from "@/domain/offline/hashed-subject";
import type { DataKeys } from "@/server/secrets/data-keys";
import { columns } from "@/server/store/columns";
import { encryptedAliases, encryptedSubject } from "./assignment-rows";
import type { Changer } from "./changer";
import type { LockedLogHead } from "./log-heads";

/** Changes of one license that were decided in turn under the lock of its log head, and aren't saved yet. */
export type Decided = {
  license: string;
  keys: DataKeys;
  logHead: LockedLogHead;
  parts: RequestChanges[];
} & Pick<PatchContext, "hashOf">;

/** What one request changes. */
export type RequestChanges = { result: PatchResults; changer: Pick<Changer, "source" | "actor" | "now"> };

/** A row beside the license that it belongs to. */
type Placed = Assignment & { home: Decided };
/** `bared` are the released rows that had aliases. */
type Rows = Record<"gone" | "bared" | "used" | "named" | "added", Placed[]>;
/** Rows that one statement writes. */
type Slice = Pick<Rows, "gone" | "used" | "added">;

/** The most rows in one statement. Larger ones take longer per row and more memory. */
const SLICE = 250;

export function changesOf({ parts }: Decided): Change[] {
  return parts.flatMap(({ result }) => result.changes);
}

/** Each changed row once, in its last state. */
export function rowsToWrite(all: readonly Decided[]): Rows {
  const rows: Rows = { gone: [], bared: [], used: [], named: [], added: [] };
  for (const home of all) {
    const changes = changesOf(home);
    const isNamed = ({ kind }: Change) => kind === "name" || kind === "alias";
    const renamed = new Set(changes.filter(isNamed).map(({ row }) => row.instance));
    const fresh = new Set(changes.filter(({ kind }) => kind === "add").map(({ row }) => row.instance));
    for (const row of new Map(changes.map(({ row }) => [row.instance, { ...row, home }])).values()) {
      const isNew = fresh.has(row.instance);
      rows[isNew ? "added" : row.deleted ? "gone" : "used"].push(row);
      if (!isNew && !row.deleted && renamed.has(row.instance)) rows.named.push(row);
    }
    for (const { kind, row, aliases } of changes)
      if (kind === "delete" && aliases) rows.bared.push({ ...row, home });
  }
  return rows;
}

/** The rows in the order in which they must be written: all releases before any addition. */
export function slicesOf({ gone, used, added }: Rows): Slice[] {
  if (gone.length + used.length + added.length <= SLICE) return [{ gone, used, added }];
  const none = { gone: [], used: [], added: [] };
  return [
    ...slices(gone).map((some) => ({ ...none, gone: some })),
    ...slices(used).map((some) => ({ ...none, used: some })),
    ...slices(added).map((some) => ({ ...none, added: some })),
  ];
}

function slices<Row>(rows: readonly Row[]): Row[][] {
  const count = Math.ceil(rows.length / SLICE);
  return Array.from({ length: count }, (_, at) => rows.slice(at * SLICE, (at + 1) * SLICE));
}

const licenseOf = ({ home }: Placed) => home.license;
const subjectOf = (row: Placed) => encryptedSubject(row.home.license, row.home.keys, row);
const deletedAt = ({ deleted }: Assignment) => deleted?.toISOString() ?? null;

/** The first parameters of `SAVE_CHANGES`. */
export function rowColumns({ gone, used, added }: Slice): unknown[][] {
  return [
    ...columns(gone, licenseOf, "instance", "version", deletedAt),
    ...columns(used, licenseOf, "instance", "lastUsed"),
    ...addedColumns(added),
  ];
}

function addedColumns(rows: readonly Placed[]): unknown[][] {
  return columns(
    rows,
    ...([licenseOf, "instance", "allotment", "index", subjectOf, "version", "addedAt"] as const),
    ({ created }) => created.toISOString(),
    ({ received }) => received?.toISOString() ?? null,
    ...(["source", "auto", "lastUsed"] as const),
    deletedAt,
  );
}

/** The last parameter of `SAVE_CHANGES`: which of the added rows have aliases. Null if none has. */
export function aliasColumn({ added }: Slice): boolean[] | null {
  return added.some(hasAliases) ? added.map(hasAliases) : null;
}

function hasAliases({ aliases }: Assignment): boolean {
  return aliases !== undefined;
}

function rowsOf(home: Decided, some: readonly Placed[]): Placed[] {
  return some.filter((row) => row.home === home);
}

/** The values of `SAVE_NAMES`; null if there is nothing to save. */
export function nameValues(home: Decided, rows: Rows): unknown[] | null {
  const [named, bared] = [rowsOf(home, rows.named), rowsOf(home, rows.bared)];
  const aliased = [...named, ...rowsOf(home, rows.added)].filter((row) => hasAliases(row) && !row.deleted);
  const plain = [...bared, ...named.filter((row) => !hasAliases(row))];
  if (named.length + aliased.length + plain.length === 0) return null;
  const names = named.map((row) => {
    const { instance, version, index } = row;
    return { instance, version, index, subject: subjectOf(row), aliased: hasAliases(row) };
  });
  return [
    home.license,
    JSON.stringify(names),
    ...columns(plain, "instance"),
    ...columns(aliased, "instance"),
    aliased.map((row) => encryptedAliases(home.license, home.keys, row)),
  ];
}

/** The values of `SAVE_HASHES`. */
export function hashValues(home: Decided, rows: Rows, hashOf: (subject: string) => string): unknown[] {
  const own = (some: readonly Placed[]) => rowsOf(home, some);
  const [gone, named, added] = [own(rows.gone), own(rows.named), own(rows.added)];
  const hash = ({ deleted, subject }: Assignment) => (deleted ? null : (hashIn(subject) ?? hashOf(subject)));
  return [
    home.license,
    ...columns(gone, "instance"),
    JSON.stringify(named.map((row) => ({ instance: row.instance, hash: hash(row) }))),
    ...columns(added, "instance"),
    added.map(hash),
  ];
}
