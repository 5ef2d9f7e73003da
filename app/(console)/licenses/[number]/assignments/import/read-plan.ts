import type { PlanPart } from "./import-sheet";

/** Has the server check a file, and gives what it says as it comes. */
export async function* readPlan(
  number: string,
  file: Blob,
  otherwise: string,
  signal: AbortSignal,
): AsyncGenerator<PlanPart> {
  const asked = new URLSearchParams({ otherwise });
  const answer = await fetch(`/licenses/${number}/assignments/import/plan?${asked}`, {
    method: "POST",
    body: file,
    signal,
  });
  if (!answer.ok || !answer.body) {
    const sentence = (await answer.text()) || `The file was not read: the server answered ${answer.status}.`;
    yield { refused: { sentence, requestId: answer.headers.get("x-request-id") ?? undefined } };
    return;
  }
  let isWhole = false;
  for await (const line of linesOf(answer.body)) {
    const part: PlanPart = JSON.parse(line);
    isWhole ||= "isWhole" in part || "refused" in part;
    yield part;
  }
  if (!isWhole) throw new Error("The answer ended before the file did.");
}

async function* linesOf(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    const lines = (rest + next.value).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}
