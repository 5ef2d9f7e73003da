import { attributeNamed, type ScimAttribute, subAttributeNamed } from "./attributes";
import { type Filter, filterTree } from "./filter-tree";
import { scimRefusal } from "./scim-refusal";

/** A place in a resource: an attribute, the elements that a filter chooses, and a sub-attribute of them. */
export type AttributePath = { attribute: ScimAttribute; filter?: Filter; sub?: ScimAttribute };

const LONGEST = 1000;
/** Names may have a URN before them, and its last sub is followed by a colon: `urn:…:2.0:User:name.givenName`. */
const PATH = /^((?:urn:[\w.:-]+:)?[\w$-]+)(?:\[(.*)\])?(?:\.([\w$-]+))?$/is;

/**
 * Reads the path of an operation (RFC 7644, figure 7). Null for an attribute that isn't kept, so that an operation on it
 * is ignored. Throws `invalidPath` for a text that is no path.
 */
export function parsePath(text: string, attributes: readonly ScimAttribute[]): AttributePath | null {
  const [, name, filter, sub] = text.length > LONGEST ? [] : (PATH.exec(text.trim()) ?? []);
  if (!name) throw scimRefusal("invalidPath", `The path ${shown(text)} can't be read.`);
  const attribute = attributeNamed(attributes, name);
  if (!attribute) return null;
  const named = sub ? subAttributeNamed(attribute, sub) : undefined;
  if (named === null) return null;
  return {
    attribute,
    ...(filter === undefined ? {} : { filter: valueFilter(attribute, filter, text) }),
    ...(named ? { sub: named } : {}),
  };
}

function valueFilter({ isMany, name }: ScimAttribute, filter: string, path: string): Filter {
  if (!isMany) throw scimRefusal("invalidPath", `${name} has no elements, so the path can't have brackets.`);
  try {
    return filterTree(filter);
  } catch {
    throw scimRefusal("invalidPath", `The filter in the path ${shown(path)} can't be read.`);
  }
}

function shown(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
