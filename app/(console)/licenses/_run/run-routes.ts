import { z } from "zod";
import { planDownload } from "@/app/(console)/_lib/plan-download";
import { type Reading, readInScope } from "@/app/(console)/_lib/reading";
import { requestIdFrom } from "@/contract/request-id";
import type { Definition } from "@/domain/licenses/definition";
import { Refusal } from "@/domain/refusals/refusal";
import type { Action } from "@/domain/roles";
import type { Actor } from "@/server/access/actor";
import { actorOf } from "@/server/access/gate";
import { addressOf } from "@/server/identity/client-address";
import { findLicenseRun, type JudgedRow, type RunProgress } from "@/server/licenses/license-runs";
import { noteRefusal } from "@/server/store/failures";
import type { PlanChunk } from "./plan-chunk";

type Bytes = AsyncIterable<Uint8Array>;
type Rows = AsyncIterable<JudgedRow<{ definition: Definition }>[]>;

/** Streams what a run would do with a file, one chunk per line of JSON, while the file is still being read. */
export function planRoute(
  request: Request,
  action: Action,
  judge: (file: Bytes, reading: Reading) => Rows | Promise<Rows>,
): Promise<Response> {
  return readInScope(action, async (reading) =>
    planDownload(chunksOf(await judge(fileOf(request), reading)), requestIdOf(request)),
  );
}

/** Starts a run and returns its progress; a file that can't be read is refused as a whole. */
export function startRoute(
  request: Request,
  action: Action,
  start: (file: Bytes, actor: Actor, reading: Reading) => Promise<{ progress: RunProgress }>,
): Promise<Response> {
  return readInScope(action, async (reading) => {
    const requestId = requestIdOf(request);
    const actor = actorOf(reading.who, { address: addressOf(request.headers), requestId });
    try {
      return Response.json((await start(fileOf(request), actor, reading)).progress);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      noteRefusal(error.code, requestId);
      return new Response(error.detail, { status: 422 });
    }
  });
}

/** The progress of a run; null if it is unknown. */
export function progressRoute(request: Request, action: Action): Promise<Response> {
  const id = z.uuid().safeParse(new URL(request.url).searchParams.get("id"));
  return readInScope(action, async ({ now }) =>
    Response.json(id.success ? await findLicenseRun(id.data, now) : null),
  );
}

async function* chunksOf(rows: Rows): AsyncGenerator<PlanChunk> {
  for await (const part of rows)
    yield { rows: part.map(({ license, ...row }) => ({ ...row, definition: license?.definition })) };
}

function fileOf(request: Request): ReadableStream<Uint8Array> {
  return request.body ?? new Blob([]).stream();
}

function requestIdOf(request: Request): string {
  return requestIdFrom(request.headers.get("x-request-id"));
}
