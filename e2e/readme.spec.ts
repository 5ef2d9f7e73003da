import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { freePort } from "@/scripts/free-port";
import { newAgentFolder } from "./agent-process";
import { expect, test } from "./fixtures";

const TOKEN = "let-me-in-let-me-in-let-me-in-please";
/** The README leaves its agent running; this run ends it. */
const ENDING = "trap 'kill $(jobs -p)' EXIT";

test("the commands of the README run as written", async ({ target }) => {
  const { stdout } = await promisify(execFile)("bash", ["-euc", walk(target, await freePort())]);
  const said = stdout.trim().split("\n");
  expect(said).toEqual([
    expect.stringMatching(/^license [1-9]\d{15}$/),
    "2",
    "242",
    "true",
    expect.stringMatching(/^\d+$/),
    "acme\\bob",
    "ready",
    "true",
    "KEY_REVOKED",
  ]);
});

/**
 * Every `sh` block of the README in order; only the addresses of server and agent and the token are replaced by those
 * of this run.
 */
function walk({ console, door, token }: { console: string; door: string; token: string }, port: number) {
  const readme = readFileSync("README.md", "utf8");
  const blocks = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) => block);
  expect(blocks).toHaveLength(8);
  return [ENDING, ...blocks]
    .join("\n")
    .replaceAll("http://localhost:3000", console)
    .replaceAll("http://localhost:3001", door)
    .replaceAll("http://localhost:9200", `http://localhost:${port}`)
    .replaceAll("./agent-data", `${newAgentFolder()} --port ${port}`)
    .replaceAll(TOKEN, token);
}
