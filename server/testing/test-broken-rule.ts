/** A change behind the product's back, by the names of the rules that it breaks. */
export type Broken = {
  rules: string[];
  what: string;
  sql: string[];
  /** What the first of these rules names. */
  id: RegExp;
};

export const NUMBER = /^\d{16}/;
/** The seat that isn't released, without an alias, of the first license of the test. */
export const SEAT = "added_version = 2";
export const ALIASED = "added_version = 4";

export const broken = (rules: string | string[], what: string, id: RegExp, ...sql: string[]): Broken => ({
  rules: [rules].flat(),
  what,
  sql,
  id,
});
