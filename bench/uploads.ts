import type { LogKind } from "@/domain/offline/offline-log";
import { SYSTEM } from "@/server/access/actor";
import { issueLicenseKey } from "@/server/keys/license-keys";
import { createLicense } from "@/server/licenses/licenses";
import { prepareInstallation } from "@/server/maintenance/installation";
import { parseEnv } from "@/server/store/env";
import { closeStore, openStore } from "@/server/store/store";
import { startProductApi } from "./contenders";
import { offlineLogs } from "./offline-logs";
import type { Server } from "./processes";
import { atMost, type Line } from "./results";
import { allotment, newDatabase, type Settings } from "./stores";

/** The time of a log upload, and the largest growth of the server's resident memory during it. */
type Uploaded = { seconds: number; grownMb: number };

const LINES = 100_000;
const MOST_SECONDS = 20;
const MOST_MB = 300;
const LOOK_EVERY_MS = 50;
const KINDS = ["consumption", "assignments"] as const;

/** Uploads the logs of a deployment, each of 100,000 lines, to a server that has just started. */
export async function measureUploads(server: string): Promise<Line[]> {
  const settings = await newDatabase(server);
  const { key, logs } = await seedLicense(settings);
  const door = await startProductApi(settings);
  const lines: Line[] = [];
  for (const kind of KINDS) {
    const { seconds, grownMb } = await upload(door, key, kind, logs[kind]);
    lines.push(atMost(`Log of ${kind}, 100,000 lines: s`, seconds, MOST_SECONDS, 1));
    lines.push(atMost("  memory beside what the server holds: MB", grownMb, MOST_MB, 0));
  }
  await door.stop();
  return lines;
}

async function upload(
  { port, residentMb }: Server,
  key: string,
  kind: LogKind,
  log: string,
): Promise<Uploaded> {
  const before = residentMb();
  let most = before;
  const look = setInterval(() => {
    most = Math.max(most, residentMb());
  }, LOOK_EVERY_MS);
  const begun = performance.now();
  const response = await fetch(`http://127.0.0.1:${port}/v1/${kind}/log`, {
    method: "POST",
    headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/jsonl" },
    body: log,
  });
  const told = await response.text();
  clearInterval(look);
  if (response.status !== 200 || JSON.parse(told).new !== LINES) throw new Error(told.slice(0, 500));
  return { seconds: (performance.now() - begun) / 1000, grownMb: most - before };
}

async function seedLicense(settings: Settings) {
  const now = new Date();
  await openStore(parseEnv(settings));
  try {
    await prepareInstallation(now);
    const allotments = [allotment("analyzer", "assigned", LINES), allotment("analyzer_time", "time", LINES)];
    const { number } = await createLicense({ customer: "Mill", product: "QSEfW", allotments }, SYSTEM, now);
    const { key } = await issueLicenseKey(number, "", SYSTEM, now);
    const logs = await offlineLogs(number, { source: "mill-1", allotment: "analyzer" }, now);
    return {
      key,
      logs: { consumption: logs("consumption", LINES), assignments: logs("assignments", LINES) },
    };
  } finally {
    await closeStore();
  }
}
