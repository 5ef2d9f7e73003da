import { randomUUID } from "node:crypto";
import type {
  AssignmentLine,
  ConsumptionLine,
  LogHeader,
  LogKind,
  LogLine,
} from "@/domain/offline/offline-log";
import { Refusal } from "@/domain/refusals/refusal";
import { previewChanges } from "@/server/assignments/log/assignment-changes";
import { keepHashes } from "@/server/assignments/log/offline-hashes";
import { recordEvents } from "@/server/audit/audit";
import { findCheckout } from "@/server/checkouts/checkouts";
import { checkoutLogKey } from "@/server/checkouts/offline-secrets";
import { throughRestores } from "@/server/restores/restores";
import { waiveDeadline } from "@/server/store/deadline";
import { perProcess } from "@/server/store/per-process";
import { store } from "@/server/store/store";
import {
  applyAssignments,
  applyConsumption,
  classesOf,
  logChanger,
  type Rejected,
  rejectedOf,
  sorted,
  type Upload,
} from "./offline-log-apply";
import { endTurn, logPosition, type StoredLog, takeTurn } from "./offline-log-claim";
import { type CheckedLog, checkLog } from "./offline-log-file";
import { logReply } from "./offline-log-reply";
import { recordUpload, type Uploader } from "./uploaded-deployment";

/** A log as it came, and its uploader. `kind` is null if either is accepted. */
export type LogUpload = {
  license: string;
  kind: LogKind | null;
  bytes: Uint8Array;
  uploader: Uploader;
  now: Date;
  /** Called with the last line that was applied, after each chunk. */
  onProgress?: (through: number) => void;
};

/** The effects of new lines, real or in a preview. */
export type Effects = {
  added: number;
  released: number;
  minutes: { allotment: string; month: string; minutes: number }[];
};

/** The result of an upload; a preview has no reply. */
export type Uploaded = {
  log: string;
  kind: LogKind;
  source: string;
  through: number;
  /** The lines of the file, without the first. */
  lines: number;
  new: number;
  rejected: Rejected[];
  effects: Effects;
  reply: string | null;
};

const CHUNK = 1000;
/** The most uploads at once: each holds a file of up to 64 MiB. */
const AT_ONCE = 3;
const running = () => perProcess("offline-uploads", () => ({ count: 0 }));

/** Checks a whole log, then applies its new lines in chunks; an upload that is cut off continues with the next one. */
export async function uploadLog(upload: LogUpload): Promise<Uploaded> {
  return alone(async () => {
    const checked = await checkedLog(upload);
    const place = () => store().sql.transaction((tx) => placed(tx, upload, checked));
    const { turn, stored } = await throughRestores(upload.now, place);
    const held = heldUpload(upload, checked, turn);
    try {
      const count = await applyAll(held, checked, stored?.through ?? 0, upload.onProgress);
      return await finished(upload, held, checked, count);
    } finally {
      await endTurn(store().sql, upload.license, held.log, turn);
    }
  });
}

/** The result that an upload would have. Nothing of it is written. */
export async function previewLog(upload: LogUpload): Promise<Uploaded> {
  return alone(async () => {
    const checked = await checkedLog(upload);
    const { license, now } = upload;
    const stored = await store().sql.transaction((tx) => logPosition(tx, license, checked, now));
    const lines = [...newLines(checked, stored?.through ?? 0)];
    const known = stored ? (await logReply(license, stored.log, now)).rejected : [];
    const { rejected, effects } = await previewed(upload, checked, lines);
    const { log, kind, source } = checked.header;
    const through = Math.max(stored?.through ?? 0, checked.last.sequence);
    const counts = { lines: checked.lines, new: lines.length };
    return { log, kind, source, through, ...counts, rejected: [...known, ...rejected], effects, reply: null };
  });
}

async function alone<Result>(work: () => Promise<Result>): Promise<Result> {
  const uploads = running();
  if (uploads.count >= AT_ONCE)
    throw new Refusal("OVERLOADED", "Other logs are being uploaded. Try again in a moment.", {
      retryAfter: 10,
    });
  uploads.count += 1;
  try {
    waiveDeadline(); // Each chunk is short; together they may take longer than a request's deadline.
    return await work();
  } finally {
    uploads.count -= 1;
  }
}

async function checkedLog({ license, kind, bytes, now }: LogUpload): Promise<CheckedLog> {
  const ownerOf = async ({ checkout: id, source }: LogHeader) => {
    const checkout = await findCheckout(license, id, now);
    if (!checkout || (checkout.source !== null && checkout.source !== source)) return null;
    return { checkout, key: await checkoutLogKey(license, checkout.id) };
  };
  const checked = await checkLog(bytes, { license, kind, ownerOf });
  if (checked.header.kind === "assignments") await keepHashes(license);
  return checked;
}

async function placed(
  tx: Parameters<typeof logPosition>[0],
  { license, uploader, now }: LogUpload,
  checked: CheckedLog,
): Promise<{ turn: string; stored: StoredLog | null }> {
  const stored = await logPosition(tx, license, checked, now);
  const turn = randomUUID();
  await takeTurn(tx, license, checked, turn, now);
  await recordUpload(tx, license, checked.header, uploader, now);
  return { turn, stored };
}

function heldUpload(
  { license, uploader: { actor }, now }: LogUpload,
  { header: { log, source }, checkout: { product } }: CheckedLog,
  turn: string,
): Upload {
  return { license, log, source, product, turn, now, actor };
}

function newLines({ first, from }: CheckedLog, through: number): Iterable<LogLine> {
  return first === null ? [] : from(Math.max(first, through + 1));
}

async function applyAll(
  held: Upload,
  checked: CheckedLog,
  from: number,
  onProgress: LogUpload["onProgress"],
): Promise<Counted> {
  const counted = { new: 0, effects: noEffects() };
  let through = from;
  for (const lines of chunks(newLines(checked, from))) {
    const rejected = await (checked.header.kind === "assignments"
      ? applyAssignments(held, through, lines as AssignmentLine[])
      : applyConsumption(held, through, lines as ConsumptionLine[]));
    through = lines.at(-1)?.sequence ?? through;
    counted.new += lines.length;
    count(counted.effects, without(lines, rejected));
    onProgress?.(through);
  }
  return counted;
}

type Counted = { new: number; effects: Effects };

async function finished(
  { license, now, uploader }: LogUpload,
  held: Upload,
  checked: CheckedLog,
  counted: Counted,
): Promise<Uploaded> {
  const { log, kind, source } = checked.header;
  const { through, rejected, reply } = await logReply(license, held.log, now);
  const details = { kind, source, through, new: counted.new, rejected: rejected.length };
  await store().db.$transaction((tx) =>
    recordEvents(tx, license, uploader.actor, now, [
      { action: "offline-log.uploaded", object: log, details },
    ]),
  );
  return { log, kind, source, through, lines: checked.lines, ...counted, rejected, reply };
}

async function previewed(
  { license, uploader: { actor }, now }: LogUpload,
  { header: { kind, source }, checkout: { product } }: CheckedLog,
  lines: readonly LogLine[],
): Promise<{ rejected: Rejected[]; effects: Effects }> {
  const effects = noEffects();
  if (kind === "consumption") {
    const { booked, rejected } = sorted(lines as ConsumptionLine[], await classesOf(store().sql, license));
    count(effects, booked);
    return { rejected, effects };
  }
  const changer = logChanger({ license, source, product, now, actor }, lines as AssignmentLine[]);
  const { answers } = await previewChanges(license, changer);
  const rejected = rejectedOf(lines as AssignmentLine[], answers);
  count(effects, without(lines, rejected));
  return { rejected, effects };
}

function without(lines: readonly LogLine[], rejected: readonly Rejected[]): LogLine[] {
  const refused = new Set(rejected.map(({ sequence }) => sequence));
  return lines.filter(({ sequence }) => !refused.has(sequence));
}

function noEffects(): Effects {
  return { added: 0, released: 0, minutes: [] };
}

function count(effects: Effects, lines: readonly LogLine[]): void {
  for (const line of lines) {
    if (!("minutes" in line)) {
      effects[line.deleted ? "released" : "added"] += 1;
      continue;
    }
    const { allotment, month, minutes } = line;
    const known = effects.minutes.find((each) => each.allotment === allotment && each.month === month);
    if (known) known.minutes += minutes;
    else effects.minutes.push({ allotment, month, minutes });
  }
}

function* chunks(lines: Iterable<LogLine>): Generator<LogLine[]> {
  let chunk: LogLine[] = [];
  for (const line of lines) {
    chunk.push(line);
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
