import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { backupName, isBackupDue, newestBackup, outdatedBackups } from "@/domain/backup-schedule";
import type { BackupFigures } from "@/domain/metrics/backup-gauges";
import { INCOMPLETE } from "@/server/store/complete-file";
import type { Env } from "@/server/store/env";
import { log } from "@/server/store/log";
import { perProcess } from "@/server/store/per-process";

type Settings = Pick<Env, "BACKUP_FOLDER" | "BACKUP_HOURS" | "BACKUP_KEEP">;
type CreateBackup = (file: string) => Promise<void>;

const LOOK_MS = 60_000;
const RETRY_MS = 3_600_000;

/** Creates a backup whenever one is due, if there is a folder for them. Returns how to stop. */
export function startBackups(clock: () => Date, settings: Settings): () => Promise<void> {
  if (!settings.BACKUP_FOLDER) return async () => {};
  const ending = new AbortController();
  const looking = look(ending.signal, clock, settings);
  return async () => {
    ending.abort();
    await looking;
  };
}

async function look(signal: AbortSignal, clock: () => Date, settings: Settings): Promise<void> {
  while (!signal.aborted) {
    const failure = await keepBackups(settings, clock, (file) => backUpAside(file, signal));
    if (failure && !signal.aborted) log().error({ reason: failure.message }, "the scheduled backup failed");
    await setTimeout(failure ? RETRY_MS : LOOK_MS, null, { signal }).catch(() => {});
  }
}

type Known = { figures: BackupFigures | null };
const known = () => perProcess("scheduled-backups", (): Known => ({ figures: null }));

/** The scheduled backups of this server, as of its last look at the folder; null if it schedules none. */
export function scheduledBackups(): BackupFigures | null {
  return known().figures;
}

/** Creates a backup if one is due, and keeps the figures for the metrics. Returns what failed. */
export async function keepBackups(
  settings: Settings,
  clock: () => Date,
  create: CreateBackup,
): Promise<Error | null> {
  await keepFigures(settings, null);
  const failure = await backUpIfDue(settings, clock(), create).then(
    () => null,
    (error: Error) => error,
  );
  await keepFigures(settings, failure && clock());
  return failure;
}

async function keepFigures(settings: Settings, failed: Date | null): Promise<void> {
  const { BACKUP_FOLDER: folder = "", BACKUP_HOURS: hours } = settings;
  const found = newestBackup(await readdir(folder).catch(() => []));
  const size = found && (await stat(join(folder, found.name)).catch(() => null));
  const newest = found && size && { at: found.at, bytes: size.size };
  known().figures = { newest, failed: failed ?? scheduledBackups()?.failed ?? null, hours };
}

/** Creates a backup if the newest one is old enough, and removes those beyond the number to keep. */
async function backUpIfDue(
  { BACKUP_FOLDER: folder = "", BACKUP_HOURS, BACKUP_KEEP }: Settings,
  now: Date,
  create: CreateBackup,
): Promise<void> {
  const files = await readdir(folder);
  if (!isBackupDue(files, BACKUP_HOURS, now)) return;
  const name = backupName(now);
  const interrupted = files.filter((file) => file.endsWith(`.backup${INCOMPLETE}`));
  for (const file of interrupted) await rm(join(folder, file), { force: true });
  await create(join(folder, name));
  for (const file of outdatedBackups([...files, name], BACKUP_KEEP))
    await rm(join(folder, file), { force: true });
  log().info({ backup: name }, "a backup was created");
}

/** The command in a process of its own: verifying takes memory and time that this one needs for requests. */
async function backUpAside(file: string, signal: AbortSignal): Promise<void> {
  const program = join(process.cwd(), "bin/signet.mjs");
  const child = spawn(process.execPath, [program, "backup", file], {
    stdio: ["ignore", "ignore", "pipe"],
    signal,
  });
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, "close")]);
  if (code !== 0) throw new Error(said.trim() || `The command ended with ${code}.`);
}
