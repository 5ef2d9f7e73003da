import type { Instrumentation } from "next";

/** Runs once when the server starts, never in a build. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { start } = await import("@/api/start");
  await start();
}

/** Logs a page, action or route that failed: under the reference that the page shows, with the id of the request. */
export const onRequestError: Instrumentation.onRequestError = async (error, { method, path, headers }) => {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { noteFailure } = await import("@/server/store/failures");
  noteFailure(error, {
    requestId: [headers["x-request-id"]].flat()[0],
    reference: error instanceof Error && "digest" in error ? String(error.digest) : undefined,
    method,
    path,
  });
};
