import type { PlanEnd } from "@/app/(console)/_lib/plan-chunk";
import { readPlanChunks, refusalOf } from "@/app/(console)/_lib/read-plan-chunks";
import type { RefusalNotice } from "@/components/forms/refusal-notice";
import type { ImportFormat, ImportLook, Separator } from "@/domain/assignments/import-columns";
import type { SheetChunk } from "./import-sheet";

/** The part of a file that is sent for a preview: more than enough for its first rows. */
const BEGINNING = 1024 * 1024;

/** Sends the beginning of a file to the server, which detects its columns. */
export async function readLook(
  number: string,
  file: Blob,
  separator: Separator | null,
  signal: AbortSignal,
): Promise<{ look: ImportLook } | { refused: RefusalNotice }> {
  const asked = new URLSearchParams(separator ? { separator } : {});
  const result = await posted(number, `columns?${asked}`, file.slice(0, BEGINNING), signal);
  return result.ok ? result.json() : { refused: await refusalOf(result) };
}

/** Sends a file to the server for a check and yields the results as they arrive. */
export async function* readPlan(
  number: string,
  file: Blob,
  format: ImportFormat,
  signal: AbortSignal,
): AsyncGenerator<SheetChunk | PlanEnd> {
  const asked = new URLSearchParams(Object.entries(format).map(([name, value]) => [name, String(value)]));
  yield* readPlanChunks<SheetChunk>(await posted(number, `plan?${asked}`, file, signal));
}

function posted(number: string, path: string, body: Blob, signal: AbortSignal): Promise<Response> {
  return fetch(`/licenses/${number}/assignments/import/${path}`, { method: "POST", body, signal });
}
