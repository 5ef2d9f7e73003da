import type { Refused } from "@/components/refused";
import type { ImportFormat, ImportLook, Separator } from "@/domain/import-columns";
import { linesOf } from "../../../../lines-of";
import type { SheetPart } from "./import-sheet";

/** The beginning of a file: more than enough for the rows that are shown. */
const BEGINNING = 1024 * 1024;

/** Has the server look at the beginning of a file: what its columns seem to hold. */
export async function readLook(
  number: string,
  file: Blob,
  separator: Separator | null,
  signal: AbortSignal,
): Promise<{ look: ImportLook } | { refused: Refused }> {
  const asked = new URLSearchParams(separator ? { separator } : {});
  const answer = await posted(number, `columns?${asked}`, file.slice(0, BEGINNING), signal);
  return answer.ok ? answer.json() : { refused: await refusalOf(answer) };
}

/** Has the server check a file, and gives what it says as it comes. */
export async function* readPlan(
  number: string,
  file: Blob,
  format: ImportFormat,
  signal: AbortSignal,
): AsyncGenerator<SheetPart> {
  const asked = new URLSearchParams(Object.entries(format).map(([name, value]) => [name, String(value)]));
  const answer = await posted(number, `plan?${asked}`, file, signal);
  if (!answer.ok || !answer.body) {
    yield { refused: await refusalOf(answer) };
    return;
  }
  let isWhole = false;
  for await (const line of linesOf(answer.body)) {
    const part: SheetPart = JSON.parse(line);
    isWhole ||= "isWhole" in part || "refused" in part;
    yield part;
  }
  if (!isWhole) throw new Error("The answer ended before the file did.");
}

function posted(number: string, path: string, body: Blob, signal: AbortSignal): Promise<Response> {
  return fetch(`/licenses/${number}/assignments/import/${path}`, { method: "POST", body, signal });
}

async function refusalOf(answer: Response): Promise<Refused> {
  const sentence = (await answer.text()) || `The file wasn't read: the server answered ${answer.status}.`;
  return { sentence, requestId: answer.headers.get("x-request-id") ?? undefined };
}
