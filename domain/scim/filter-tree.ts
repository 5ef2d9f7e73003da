import { type Filter, parse } from "scim2-parse-filter";
import { literalOf } from "./scim-literal";

export type { Filter };

const STRING = /"((?:[^"\\]|\\[\s\S])*)"/g;
/** A comparison of a sub-attribute of the elements that a value path chooses, with its literals numbered. */
const PART_OF_CHOSEN =
  /\[([^[\]]*)\]\.([\w$-]+)\s+(pr\b|(?:eq|ne|co|sw|ew|gt|ge|lt|le)\s+(?:"\d+"|[\w.+-]+))/gi;

/**
 * Parses a filter (RFC 7644, 3.4.2.2). The parser loses the escapes of literals, so it gets their positions instead; and
 * it takes `emails[type eq "work"].value eq "x"` for two conditions that different elements may meet, so that is written
 * as `emails[(type eq "work") and value eq "x"]` first. Throws an Error for a text that is no filter.
 */
export function filterTree(text: string): Filter {
  const literals: string[] = [];
  const numbered = text.replace(STRING, (_, raw: string) => `"${literals.push(literalOf(raw)) - 1}"`);
  const joined = numbered.replace(PART_OF_CHOSEN, "[($1) and $2 $3]");
  return withLiterals(parse(joined), (position) => literals[Number(position)] ?? "");
}

function withLiterals(filter: Filter, literal: (position: string) => string): Filter {
  switch (filter.op) {
    case "and":
    case "or":
      return { op: filter.op, filters: filter.filters.map((each) => withLiterals(each, literal)) };
    case "not":
      return { op: "not", filter: withLiterals(filter.filter, literal) };
    case "[]":
      return { ...filter, valFilter: withLiterals(filter.valFilter, literal) };
    case "pr":
      return filter;
    default: {
      const { compValue } = filter;
      return { ...filter, compValue: typeof compValue === "string" ? literal(compValue) : compValue };
    }
  }
}
