type EntityTag = { opaque: string; isWeak: boolean };

const ENTITY_TAG = /(W\/)?"([\x21\x23-\x7e\x80-\xff]*)"/g;
const LIST = /^[ \t,]*(?:(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"[ \t]*(?:,[ \t,]*|$))+$/;

/**
 * The tags of `If-Match` or `If-None-Match` (RFC 9110, 8.8.3); `*` for any, an empty list if the text isn't a list of
 * tags.
 */
function entityTags(header: string): EntityTag[] | "*" {
  if (header.trim() === "*") return "*";
  if (!LIST.test(header)) return [];
  return [...header.matchAll(ENTITY_TAG)].map(([, weak, opaque = ""]) => ({
    opaque,
    isWeak: weak !== undefined,
  }));
}

/** Whether `If-None-Match` names the current tag: by weak comparison, since a proxy may have weakened it. */
export function isNoneMatch(header: string | undefined, opaque: string): boolean {
  const tags = entityTags(header ?? "");
  return tags === "*" || tags.some((tag) => tag.opaque === opaque);
}

/** The tags of which one must be current, by strong comparison: a weak tag never is. Null for `*`. */
export function strongTags(header: string): string[] | null {
  const tags = entityTags(header);
  return tags === "*" ? null : tags.filter(({ isWeak }) => !isWeak).map(({ opaque }) => opaque);
}
