import { execFile } from "node:child_process";
import { promisify } from "node:util";

/**
 * Runs `signet check` on a store; no server may have an embedded one open. Returns what is broken, as the command
 * prints it; an empty text if nothing is.
 */
export async function brokenRules(settings: Record<string, string>): Promise<string> {
  const env = { ...process.env, NODE_ENV: "production", ...settings } as const;
  try {
    await promisify(execFile)(process.execPath, ["bin/signet.mjs", "check"], { env });
    return "";
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string }; // as execFile rejects
    const lines = stdout.split("\n").filter((line) => line !== "" && !line.startsWith("ok "));
    return [...lines, stderr].join("\n").trim() || String(error);
  }
}
