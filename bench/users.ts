import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { SYSTEM } from "@/server/access/actor";
import { assignSeats } from "@/server/assignments/changes/seat-changes";
import { createLicense } from "@/server/licenses/licenses";
import { prepareInstallation } from "@/server/maintenance/installation";
import { parseEnv } from "@/server/store/env";
import { closeStore, openStore, store } from "@/server/store/store";
import { atMost, type Line } from "./results";
import { nameOf } from "./search";
import { allotment, newDatabase, type Settings } from "./stores";

/** Milliseconds to read all names after a start, and of searches by kind, and the memory in use, in MB. */
export type UsersSearched = {
  readMs: number;
  warmMs: Record<"all" | "prefix" | "part" | "letter" | "page" | "change", number>;
  memoryMb: number;
};

const LICENSES = 100;
const USERS = 10_000;
const WARM_MS = 300;

/** Searches for users over 1,000,000 assignments in 100 licenses, on PostgreSQL. */
export async function measureUsers(server: string): Promise<Line[]> {
  const settings = await newDatabase(server);
  await assignEverywhere(settings);
  return usersLines(await measureStart(settings));
}

function usersLines({ readMs, warmMs, memoryMb }: UsersSearched): Line[] {
  const what = "users of 1,000,000 assignments";
  const line = (name: string, value: number) => atMost(`${what}, ${name}: ms`, value, WARM_MS, 0);
  return [
    atMost(`${what}, all names read after a start: ms`, readMs, 60_000, 0),
    atMost(`${what}, memory then: MB`, memoryMb, 1000, 0),
    line("first page of all", warmMs.all),
    line("a prefix", warmMs.prefix),
    line("a part", warmMs.part),
    line("a letter", warmMs.letter),
    line("a later page", warmMs.page),
    line("after a change of one license", warmMs.change),
  ];
}

/** Users whose names can be decrypted, assigned by the code of the product; a third of them have seats in two licenses. */
async function assignEverywhere(settings: Settings): Promise<void> {
  const now = new Date();
  await openStore(parseEnv(settings));
  try {
    await prepareInstallation(now);
    for (let index = 0; index < LICENSES; index += 1) {
      const allotments = [allotment("analyzer", "assigned", USERS + 10)];
      const wanted = { customer: `Customer ${index % 20}`, product: "QSEfW", allotments };
      const { number } = await createLicense(wanted, SYSTEM, now);
      const first = Math.floor((index * USERS * 2) / 3);
      const subjects = Array.from({ length: USERS }, (_, at) => nameOf(first + at));
      await assignSeats({ license: number, actor: SYSTEM, now }, subjects, "analyzer");
    }
    await store().db.$executeRawUnsafe("VACUUM ANALYZE assignment");
  } finally {
    await closeStore();
  }
}

async function measureStart(env: Settings): Promise<UsersSearched> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", "bench/users-process.ts"],
    { env: { PATH: process.env.PATH, NODE_ENV: "production", LOG_LEVEL: "warn", ...env } },
  );
  return JSON.parse(stdout);
}
