import { ADMISSION_COLUMNS, ADMISSION_JOINS, type Caller } from "./admission";
import { deploymentIsKnown, recordDeployments, type Stamp, TRACK_COLUMNS } from "./deployment-touch";
import { insertFirstSeen } from "./first-seen";

/** The columns of a caller in every statement: the type of each column, and its value. */
const CALLER: Record<string, [type: string, of: (caller: Caller) => unknown]> = {
  jti: ["uuid", ({ key }) => key.jti],
  license: ["text", ({ key }) => key.license],
  kid: ["uuid", ({ key }) => key.kid],
  source: ["text", ({ source }) => source],
  product: ["text", ({ product }) => product],
  version: ["text", ({ version }) => version],
  os: ["text", ({ os }) => os],
  address: ["text", ({ address }) => address],
  clock_skew: ["int", ({ clockSkew }) => clockSkew],
};
const TYPES = Object.entries(CALLER).map(([name, [type]]) => [name, type] as const);
const VALUES = Object.values(CALLER).map(([, of]) => of);
const NOW = `$${TYPES.length + 1}::timestamptz AS now`;
const FIRST_OWN = TYPES.length + 2;

/** The first parameters of a statement for one call. Those of its own begin at $11. */
export function callValues(caller: Caller, now: Date): unknown[] {
  return [...VALUES.map((of) => of(caller)), now];
}

/** The first parameters of a statement for many calls, as columns. */
export function callColumns(calls: readonly { caller: Caller }[], now: Date | undefined): unknown[] {
  return [...VALUES.map((of) => calls.map(({ caller }) => of(caller))), now];
}

/** One call as a row, with `more` columns and their types. */
export function callRow(more: Record<string, string> = {}): string {
  const own = Object.entries(more).map(
    ([name, type], index) => `, $${index + FIRST_OWN}::${type} AS ${name}`,
  );
  const caller = TYPES.map(([name, type], index) => `$${index + 1}::${type} AS ${name}`);
  return `SELECT ${caller.join(", ")}, ${NOW}${own.join("")}`;
}

/** Many calls as rows, with `more` columns and their types; `slot` counts them from 1. */
export function callRows(more: Record<string, string> = {}): string {
  const own = Object.entries(more);
  const arrays = [
    ...TYPES.map(([, type], index) => `$${index + 1}::${type}[]`),
    ...own.map(([, type], index) => `$${index + FIRST_OWN}::${type}[]`),
  ];
  const names = [...TYPES, ...own].map(([name]) => name);
  return `SELECT i.*, ${NOW} FROM unnest(${arrays.join(", ")}) WITH ORDINALITY AS i(${names.join(", ")}, slot)`;
}

/**
 * A statement that admits calls, by default one, and reads `columns` for each, over the joined `c`, `k`, `l` and `d`. It
 * writes nothing.
 */
export function readingStatement(name: string, columns: string[] = [], calls = callRow()) {
  const all = ["c.license", ADMISSION_COLUMNS, ...columns].join(", ");
  return { name, text: `SELECT ${all} FROM (${calls}) c ${ADMISSION_JOINS}` };
}

type CallStatement = {
  /** `callRow` or `callRows`. */
  calls: string;
  /** The columns that are read for a call beside its admission, and the joins that they need. */
  columns: string[];
  joins: string;
  /** The column of the deployment with the time of such a call. */
  stamp: Stamp;
  /** Whether the deployment is recorded already as this call describes it. */
  known?: string;
  /** More columns of the deployment to record. */
  facts?: string[];
  /** CTEs that write, over `call`. */
  work?: string[];
  result: string;
};

/** A statement that admits calls, does the work of admitted ones, and records their deployments. */
export function callStatement(
  name: string,
  { calls, columns, joins, stamp, known = deploymentIsKnown(stamp), facts, work = [], result }: CallStatement,
) {
  const all = ["c.*", ADMISSION_COLUMNS, `${known} AS known`, TRACK_COLUMNS, ...columns].join(", ");
  const ctes = [
    `call AS MATERIALIZED (SELECT ${all} FROM (${calls}) c ${ADMISSION_JOINS} ${joins})`,
    ...work,
    `recorded AS (${recordDeployments("call", stamp, facts)})`,
    `published AS (${insertFirstSeen("recorded")})`,
  ];
  return { name, text: `WITH ${ctes.join(", ")} ${result}` };
}
