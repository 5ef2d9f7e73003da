import type { Compare } from "scim2-parse-filter";
import { Refusal } from "@/domain/refusals/refusal";
import { parseTimestamp } from "@/domain/timestamp";
import { type Filter, filterTree } from "./filter-tree";

/** What a filter can compare: a text by its key, a time in milliseconds since 1970, or true and false. */
export type FilterAttribute = { kind: "text"; keyOf(text: string): string } | { kind: "time" | "boolean" };
type FilterValue = string | number | boolean;
type Operator = Compare["op"];

/** A filter (RFC 7644, 3.4.2.2) over single-valued attributes that are always present. */
export type FilterCondition<Name extends string> =
  | { op: "and" | "or"; conditions: FilterCondition<Name>[] }
  | { op: "not"; condition: FilterCondition<Name> }
  | { op: "pr" }
  | { op: Operator; attribute: Name; value: FilterValue };

const LONGEST = 4000;
const OPERATORS: Record<FilterAttribute["kind"], readonly Operator[]> = {
  text: ["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"],
  time: ["eq", "ne", "gt", "ge", "lt", "le"],
  boolean: ["eq", "ne"],
};
const WRITE: Record<FilterAttribute["kind"], string> = {
  text: "a text in double quotes",
  time: 'a time in double quotes, such as "2026-11-28T12:31:05Z"',
  boolean: "true or false, without quotes",
};

/**
 * Reads a filter over `attributes`, whose names have no case. Throws `INVALID_QUERY` with a sentence that says what can
 * be written instead.
 */
export function readScimFilter<Name extends string>(
  text: string,
  attributes: Record<Name, FilterAttribute>,
): FilterCondition<Name> {
  if (text.length > LONGEST) throw invalidFilter(`A filter can have at most ${LONGEST} characters.`);
  return conditionOf(parsed(text), attributes);
}

/**
 * Whether a row meets a filter. A text is compared by its key, which `read` returns; of several keys one has to meet a
 * comparison, and all of them `ne`.
 */
export function meetsFilter<Name extends string>(
  condition: FilterCondition<Name>,
  read: (name: Name) => FilterValue | readonly string[],
): boolean {
  if ("conditions" in condition) {
    const { op, conditions } = condition;
    const meets = (one: FilterCondition<Name>) => meetsFilter(one, read);
    return op === "and" ? conditions.every(meets) : conditions.some(meets);
  }
  if ("condition" in condition) return !meetsFilter(condition.condition, read);
  if (condition.op === "pr") return true;
  const { attribute, op, value } = condition;
  const found = read(attribute);
  if (typeof found !== "object") return compares(found, op, value);
  const meets = (key: string) => compares(key, op, value);
  return op === "ne" ? found.every(meets) : found.some(meets);
}

function invalidFilter(title: string): Refusal {
  return new Refusal("INVALID_QUERY", title, { faults: [{ code: "INVALID_FILTER", title }] });
}

function parsed(text: string): Filter {
  try {
    return filterTree(text);
  } catch {
    throw invalidFilter(
      'The filter can\'t be read. Write it as in subject eq "ACME\\\\bob" and excess eq false: a backslash in a text is doubled.',
    );
  }
}

function conditionOf<Name extends string>(
  filter: Filter,
  attributes: Record<Name, FilterAttribute>,
): FilterCondition<Name> {
  switch (filter.op) {
    case "and":
    case "or":
      return {
        op: filter.op,
        conditions: filter.filters.map((each) => conditionOf(each, attributes)),
      };
    case "not":
      return { op: "not", condition: conditionOf(filter.filter, attributes) };
    case "[]":
      throw invalidFilter(`${filter.attrPath} has no values of its own, so it can't have brackets.`);
    case "pr":
      attributeNamed(filter.attrPath, attributes);
      return { op: "pr" };
    default: {
      const attribute = attributeNamed(filter.attrPath, attributes);
      const value = valueFor(attributes[attribute], attribute, filter.op, filter.compValue);
      return { op: filter.op, attribute, value };
    }
  }
}

function attributeNamed<Name extends string>(path: string, attributes: Record<Name, FilterAttribute>): Name {
  const names = Object.keys(attributes) as Name[]; // the keys of the record
  const name = names.find((one) => one.toLowerCase() === path.toLowerCase());
  if (name) return name;
  throw invalidFilter(`${path} can't be filtered. Use ${list.format(names)}.`);
}

const list = new Intl.ListFormat("en", { type: "disjunction" });

function valueFor(attribute: FilterAttribute, name: string, op: Operator, value: unknown): FilterValue {
  const { kind } = attribute;
  if (!OPERATORS[kind].includes(op))
    throw invalidFilter(`${name} can't be compared by ${op}. Use ${list.format(OPERATORS[kind])}.`);
  if (kind === "text" && typeof value === "string") return attribute.keyOf(value);
  if (kind === "boolean" && typeof value === "boolean") return value;
  const time = kind === "time" ? parseTimestamp(value) : null;
  if (time) return time.getTime();
  throw invalidFilter(`After ${name} ${op} write ${WRITE[kind]}.`);
}

function compares(is: FilterValue, op: Operator, value: FilterValue): boolean {
  switch (op) {
    case "eq":
      return is === value;
    case "ne":
      return is !== value;
    case "co":
      return String(is).includes(String(value));
    case "sw":
      return String(is).startsWith(String(value));
    case "ew":
      return String(is).endsWith(String(value));
    case "gt":
      return is > value;
    case "ge":
      return is >= value;
    case "lt":
      return is < value;
    case "le":
      return is <= value;
  }
}
