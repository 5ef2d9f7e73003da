import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { expect, test } from "./fixtures";

const TOKEN = "let-me-in-let-me-in-let-me-in-please";

test("the walk of the README runs as written", async ({ target }) => {
  const { stdout } = await promisify(execFile)("bash", ["-euc", walk(target)]);
  const said = stdout.trim().split("\n");
  expect(said).toEqual([
    expect.stringMatching(/^license [1-9]\d{15}$/),
    "2",
    "242",
    "true",
    expect.stringMatching(/^\d+$/),
    "acme\\bob",
    "KEY_REVOKED",
  ]);
});

/** Every `sh` block of the README in its order; only where the server is and its token are this run's. */
function walk({ console, door, token }: { console: string; door: string; token: string }): string {
  const readme = readFileSync("README.md", "utf8");
  const blocks = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) => block);
  expect(blocks).toHaveLength(7);
  return blocks
    .join("\n")
    .replaceAll("http://localhost:3000", console)
    .replaceAll("http://localhost:3001", door)
    .replaceAll(TOKEN, token);
}
