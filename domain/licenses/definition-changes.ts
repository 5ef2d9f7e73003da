import { allotmentNamed, type Definition, nameKey } from "./definition";

/**
 * One difference between two definitions. `path` names the field in both, allotments by name: `valid`,
 * `allotments/analyzer/units`, or `allotments/analyzer` for an allotment that was added or removed. A missing side is
 * undefined.
 */
export type DefinitionChange = { path: string; before: unknown; after: unknown };

/** Which of two changes of one field to keep. */
export type Choice = "mine" | "theirs";

const PLAIN = ["product", "valid", "trial", "parameters"] as const;
const FIELDS = ["name", "usage", "provisions", "units", "overage", "products"] as const;

/** The fields that differ, in the order of the first definition and then of the second. */
export function definitionChanges(before: Definition, after: Definition): DefinitionChange[] {
  const plain = PLAIN.map((field) => ({ path: field, before: before[field], after: after[field] }));
  const keys = new Set([...before.allotments, ...after.allotments].map(({ name }) => nameKey(name)));
  return [...plain, ...[...keys].flatMap((key) => allotmentChanges(key, before, after))].filter(
    ({ before, after }) => !isSame(before, after),
  );
}

/** The paths that both changed, to different values. */
export function conflicts(base: Definition, mine: Definition, theirs: Definition): string[] {
  const others = new Map(definitionChanges(base, theirs).map((change) => [change.path, change.after]));
  return definitionChanges(base, mine)
    .filter(({ path, after }) => [...others].some(([other, to]) => isOver(path, other) && !isSame(to, after)))
    .map(({ path }) => path);
}

/** My changes of `base` on top of theirs; where both changed a field, the choice for its path decides, mine by default. */
export function mergedDefinition(
  base: Definition,
  mine: Definition,
  theirs: Definition,
  choices: ReadonlyMap<string, Choice>,
): Definition {
  return definitionChanges(base, mine)
    .filter(({ path }) => choices.get(path) !== "theirs")
    .reduce((merged, { path }) => withField(merged, path, mine), theirs);
}

function allotmentChanges(key: string, before: Definition, after: Definition): DefinitionChange[] {
  const [was, is] = [allotmentNamed(before, key), allotmentNamed(after, key)];
  const path = `allotments/${key}`;
  if (!was || !is) return [{ path, before: was, after: is }];
  return FIELDS.map((field) => ({ path: `${path}/${field}`, before: was[field], after: is[field] }));
}

/** A path of a whole allotment overlaps the paths of its fields. */
function isOver(path: string, other: string): boolean {
  return path === other || path.startsWith(`${other}/`) || other.startsWith(`${path}/`);
}

/** The definition with one field taken from another. */
function withField(definition: Definition, path: string, from: Definition): Definition {
  const plain = PLAIN.find((field) => field === path);
  if (plain) return { ...definition, [plain]: from[plain] };
  const field = FIELDS.find((name) => path.endsWith(`/${name}`) && allotmentNamed(from, keyIn(path, name)));
  const key = field ? keyIn(path, field) : path.slice("allotments/".length);
  const source = allotmentNamed(from, key);
  const target = allotmentNamed(definition, key);
  if (!source) return { ...definition, allotments: definition.allotments.filter((one) => one !== target) };
  if (!target) return { ...definition, allotments: [...definition.allotments, source] };
  const changed = field ? { ...target, [field]: source[field] } : source;
  return { ...definition, allotments: definition.allotments.map((one) => (one === target ? changed : one)) };
}

function keyIn(path: string, field: string): string {
  return path.slice("allotments/".length, -(field.length + 1));
}

/** Equality as JSON, whatever the order of members; a missing member equals an undefined one. */
function isSame(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_, member) =>
      member && typeof member === "object" && !Array.isArray(member)
        ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)))
        : member,
    ) ?? ""
  );
}
