import { setTimeout as pause } from "node:timers/promises";
import { LINE_MINUTES, offlineLogs } from "@/bench/offline-logs";
import type { BenchLicense } from "@/bench/scenarios";
import type { LogKind } from "@/domain/offline/offline-log";
import { parseEnv } from "@/server/store/env";
import { closeStore, openStore } from "@/server/store/store";
import type { Target } from "./callers";
import { type Running, repeated } from "./repeated";
import type { Stand } from "./stand";

/** A deployment without a network, whose logs somebody uploads, and what they hold so far. */
export type Offline = { uploads: Running; held: { minutes: number; seats: number } };

const EVERY_MS = 30_000;
const NEW_LINES = 10;
const USERS = 20;

export async function startOffline({ settings, target }: Stand, site: BenchLicense): Promise<Offline> {
  await openStore(parseEnv(settings));
  const where = { source: "mill-1", allotment: "professional" };
  const logs = await offlineLogs(site.license, where, new Date()).finally(closeStore);
  const held = { minutes: 0, seats: 0 };
  let lines = 0;
  const uploads = repeated(EVERY_MS, async () => {
    lines += NEW_LINES;
    await upload(target, site.key, "consumption", logs("consumption", lines));
    await upload(target, site.key, "assignments", logs("assignments", USERS));
    held.minutes = lines * LINE_MINUTES;
    held.seats = USERS;
  });
  return { uploads, held };
}

async function upload(target: Target, key: string, kind: LogKind, log: string): Promise<void> {
  for (;;) {
    const response = await fetch(`http://127.0.0.1:${target.port}/v1/${kind}/log`, {
      method: "POST",
      headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/jsonl" },
      body: log,
    });
    const told = await response.text();
    if (response.status === 200) return;
    if (response.status !== 503) throw new Error(`An upload was answered ${response.status}: ${told}`);
    target.refused += 1;
    await pause(Number(response.headers.get("retry-after")) * 1000);
  }
}
