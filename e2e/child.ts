import type { ChildProcess } from "node:child_process";
import { once } from "node:events";

/**
 * Ends with this process at the latest. Waits for its exit; a child that takes too long is killed, and that is a
 * failure.
 */
export function endingOf(child: ChildProcess) {
  const drop = () => child.kill("SIGKILL");
  process.once("exit", drop);
  const closed = once(child, "close").finally(() => process.off("exit", drop));
  return async (patience: number): Promise<number | null> => {
    const timer = setTimeout(drop, patience);
    const [code] = await closed;
    clearTimeout(timer);
    return code;
  };
}

/** Collects its output so far, from both streams. */
export function outputOf(child: ChildProcess): () => string {
  const chunks: Buffer[] = [];
  child.stdout?.on("data", (chunk) => chunks.push(chunk));
  child.stderr?.on("data", (chunk) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString();
}
