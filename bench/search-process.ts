// Measures searches in the subjects of one license, in a process that has read nothing yet, and prints them as JSON.

import {
  type AssignmentFilter,
  type AssignmentPage,
  listAssignments,
} from "@/server/assignments/lists/assignment-list";
import { parseEnv } from "@/server/store/env";
import { closeStore, openStore } from "@/server/store/store";
import { median } from "./rounds";
import type { Searched } from "./search";

const SORTS = ["subject", "-subject", "-created", "allotment", "lastUsed"] as const;
const QUERIES = { prefix: "acme\\anna", contains: "nna.kowal" };
const ROUNDS = 9;
const LIMIT = 100;
const PAGES = 4;

const { LICENSE = "", ...env } = process.env;

await openStore(parseEnv(env));
try {
  const coldMs = await timed(() => search({ query: QUERIES.contains, sort: "subject" }));
  const prefix = await warm({ query: QUERIES.prefix });
  const contains = await warm({ query: QUERIES.contains });
  const searched: Searched = {
    coldMs,
    warmMs: { prefix: prefix.first, contains: contains.first, pages: Math.max(prefix.later, contains.later) },
  };
  process.stdout.write(JSON.stringify(searched));
} finally {
  await closeStore();
}

/** The slowest sort: its first page, and the pages after it. */
async function warm(filter: AssignmentFilter): Promise<{ first: number; later: number }> {
  const slowest = { first: 0, later: 0 };
  for (const sort of SORTS) {
    const rounds = { first: [] as number[], later: [] as number[] };
    for (let round = 0; round < ROUNDS; round += 1) await walk({ ...filter, sort }, rounds);
    slowest.first = Math.max(slowest.first, median(rounds.first));
    slowest.later = Math.max(slowest.later, median(rounds.later));
  }
  return slowest;
}

async function walk(filter: AssignmentFilter, rounds: { first: number[]; later: number[] }): Promise<void> {
  let page: AssignmentPage | undefined;
  for (let at = 0; at < PAGES; at += 1) {
    const cursor = page?.cursor ?? undefined;
    const ms = await timed(async () => {
      page = await search({ ...filter, cursor });
    });
    (at === 0 ? rounds.first : rounds.later).push(ms);
    if (!page?.cursor) throw new Error(`${JSON.stringify(filter)} finds too few to be paged.`);
  }
}

function search(filter: AssignmentFilter & { cursor?: string }): Promise<AssignmentPage> {
  return listAssignments(LICENSE, { ...filter, limit: LIMIT }, new Date());
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
