import { execFile } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { serve } from "@hono/node-server";
import { expect, test, vi } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import { createToken } from "@/server/identity/tokens";
import { NOW, OWNER } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { createApi } from "./app";

vi.stubEnv("LOG_LEVEL", "silent");
useStore();

test("the examples of docs/api.md run as written", async () => {
  const { token } = await createToken(OWNER, { name: "examples", role: "owner" }, SYSTEM, NOW);
  const server = serve({ fetch: createApi({ clock: () => NOW }).fetch, port: 0 });
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  try {
    expect(await output({ SIGNET_URL: `http://localhost:${port}`, SIGNET_TOKEN: token })).toEqual([
      "active",
      "201 acme\\bob ",
      "201 acme\\eve ",
      "403 acme\\gwen NO_AVAILABLE_UNITS",
      "true true",
      expect.stringMatching(/^403 NO_AVAILABLE_UNITS .+ Release a seat/),
    ]);
  } finally {
    server.close();
  }
});

/** What the `js` blocks print, one after the other in one program. */
async function output(settings: Record<string, string>): Promise<string[]> {
  const page = readFileSync("docs/api.md", "utf8");
  const program = [...page.matchAll(/```js\n([\s\S]*?)```/g)].map(([, block]) => block).join("\n");
  const env = { NODE_ENV: "test" as const, PATH: process.env.PATH, ...settings };
  const { stdout } = await promisify(execFile)("node", ["--input-type=module", "--eval", program], { env });
  return stdout.trimEnd().split("\n");
}
