// Measures searches for users over all licenses, in a process that has read nothing yet, and prints them as JSON.

import { SYSTEM } from "@/server/access/actor";
import type { Principal } from "@/server/access/gate";
import { assignSeats } from "@/server/assignments/changes/seat-changes";
import { parseEnv } from "@/server/store/env";
import { closeStore, openStore, store } from "@/server/store/store";
import { searchUsers } from "@/server/users/user-search";
import { median } from "./rounds";
import type { UsersSearched } from "./users";

const OWNER: Principal = {
  ...{ kind: "token", id: "bench", name: "bench", role: "owner" },
  ...{ customers: null, license: null },
};
const ROUNDS = 9;
const LIMIT = 50;
let assigned = 0;

await openStore(parseEnv(process.env));
try {
  const readMs = await timed(readAll);
  const memoryMb = process.memoryUsage().rss / 1024 / 1024;
  const warmMs = {
    all: await warm(() => search()),
    prefix: await warm(() => search("acme\\anna")),
    part: await warm(() => search("nna.kowal")),
    letter: await warm(() => search("a")),
    page: await laterPage(),
    change: await warm(() => search("nna.kowal"), assignOne),
  };
  const searched: UsersSearched = { readMs, warmMs, memoryMb };
  process.stdout.write(JSON.stringify(searched));
} finally {
  await closeStore();
}

async function readAll(): Promise<void> {
  while ((await searchUsers(OWNER, { limit: LIMIT, patience: 1000 })).waiting > 0);
}

function search(query = "", cursor?: string) {
  return searchUsers(OWNER, { query, limit: LIMIT, cursor, patience: 10_000 });
}

async function laterPage(): Promise<number> {
  const first = await search("nna.kowal");
  return warm(() => search("nna.kowal", first.cursor ?? undefined));
}

async function assignOne(): Promise<void> {
  const { number } = await store().db.license.findFirstOrThrow({ orderBy: { number: "asc" } });
  assigned += 1;
  await assignSeats({ license: number, actor: SYSTEM, now: new Date() }, [`late.${assigned}`], "analyzer");
}

async function warm(work: () => Promise<unknown>, before = async () => {}): Promise<number> {
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await before();
    rounds.push(await timed(work));
  }
  return median(rounds);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
