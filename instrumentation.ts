/** Runs once when the server starts, never in a build. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { start } = await import("./api/start");
  await start();
}
