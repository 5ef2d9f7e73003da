import { readOnLicense } from "@/app/(console)/_lib/reading";
import {
  type LogChunk,
  logResult,
} from "@/app/(console)/licenses/[number]/deployments/offline/upload/log-result";
import { readLog } from "@/contract/log-body";
import { requestIdFrom } from "@/contract/request-id";
import { Refusal } from "@/domain/refusals/refusal";
import { actorOf } from "@/server/access/gate";
import { addressOf } from "@/server/identity/client-address";
import { previewLog, uploadLog } from "@/server/offline/offline-logs";
import { noteFailure, noteRefusal } from "@/server/store/failures";

/**
 * Checks or applies a log and streams the progress, one chunk per line of JSON. Applying continues even if the browser
 * disconnects.
 */
export async function POST(
  request: Request,
  { params }: RouteContext<"/licenses/[number]/deployments/offline/upload/log">,
) {
  const { number: license } = await params;
  const requestId = requestIdFrom(request.headers.get("x-request-id"));
  return readOnLicense(license, "assignments.write", async ({ who, now }) => {
    const uploader = {
      actor: actorOf(who, { address: addressOf(request.headers), requestId }),
      jti: null,
    };
    const isDry = new URL(request.url).searchParams.get("dryRun") === "true";
    return told(requestId, async (tell) => {
      const upload = { license, kind: null, bytes: await readLog(request), uploader, now };
      const onProgress = (through: number) => tell({ through });
      const uploaded = await (isDry ? previewLog(upload) : uploadLog({ ...upload, onProgress }));
      tell({ result: logResult(uploaded) });
    });
  });
}

type Tell = (part: LogChunk) => void;

function told(requestId: string, work: (tell: Tell) => Promise<void>): Response {
  const encoder = new TextEncoder();
  let isHeard = true;
  const parts = new ReadableStream({
    async start(controller) {
      const tell: Tell = (part) => {
        if (isHeard) controller.enqueue(encoder.encode(`${JSON.stringify(part)}\n`));
      };
      try {
        await work(tell);
      } catch (error) {
        if (!(error instanceof Refusal)) noteFailure(error, { requestId });
        else noteRefusal(error.code, requestId);
        tell({ refused: refusedBy(error, requestId) });
      }
      if (isHeard) controller.close();
    },
    cancel() {
      isHeard = false;
    },
  });
  return new Response(parts, { headers: { "Content-Type": "application/x-ndjson" } });
}

function refusedBy(error: unknown, requestId: string) {
  if (error instanceof Refusal) return { code: error.code, sentence: error.detail, requestId };
  const sentence = "The server had an error. Lines already applied stay. Apply the file again in a moment.";
  return { sentence, requestId };
}
