import { randomUUID } from "node:crypto";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "./fixtures";
import { GUIDE_REPORT } from "./guide";
import { licenseOn } from "./own-server";
import { activate, consumptionOf, report } from "./product";
import { failedStart, isReady, startServer } from "./server";
import { dropFolder } from "./stores";

test.describe.configure({ timeout: 600_000 });

const folder = join(tmpdir(), `signet-e2e-${randomUUID()}`);
test.afterAll(() => dropFolder(folder));

test("a second server on the same folder is refused, and acknowledged data survives a killed server", async () => {
  const first = await startServer({ DATA_DIR: folder });
  const license = await licenseOn(first);
  await report(license.site, GUIDE_REPORT);
  const second = await failedStart({ DATA_DIR: folder });
  expect(second.code).toBe(1);
  expect(second.output).toContain("is in use by a running Signet");
  expect((await report(license.site, GUIDE_REPORT)).body.consumption[0]?.total).toBe(484);

  await first.kill();
  const again = await startServer({ DATA_DIR: folder, HOST: "::1", SHUTDOWN_GRACE: "2" }, ["npm", "start"]);
  const deployment = { ...license.site, door: again.door };
  expect((await consumptionOf(deployment, "2018-11")).body.consumption[0]?.total).toBe(484);
  expect((await activate(deployment)).body.license).toBe(license.number);

  const ended = again.stop(); // a SIGTERM to npm
  for (let isSent = 0; isSent < 2; isSent += (await isReady(deployment.door)) ? 0 : 1)
    expect((await activate(deployment)).status).toBe(200); // it serves until a balancer notices
  expect(await ended).toBe(0);
  await expect(fetch(`${deployment.door}/health`)).rejects.toThrow();
});

test("a load balancer's HTTP/1.0 health check gets a response, and /metrics is not open to it", async ({
  target,
}) => {
  for (const base of [target.door, target.console])
    for (const path of ["/health", "/ready"])
      expect(await fetchWithoutHost(base, path)).toMatch(/^HTTP\/1\.[01] 200 /);
  expect(await fetchWithoutHost(target.console, "/metrics")).toMatch(/^HTTP\/1\.[01] 401 /);
  const { headers } = await fetch(`${target.door}/health`);
  expect(headers.get("Keep-Alive")).toBe("timeout=70");
});

/** Sends an HTTP/1.0 request. Returns the raw head and body. */
function fetchWithoutHost(base: string, path: string): Promise<string> {
  const { hostname, port } = new URL(base);
  return new Promise((done, fail) => {
    const socket = connect(Number(port), hostname, () => socket.write(`GET ${path} HTTP/1.0\r\n\r\n`));
    let response = "";
    socket.on("data", (chunk) => {
      response += chunk;
    });
    socket.once("close", () => done(response)).once("error", fail);
  });
}

const FILE = "package.json";
const SECRET = Buffer.alloc(32, 1).toString("base64");
for (const [name, settings] of [
  ["PORT", { PORT: "abc" }],
  ["PROTOCOL_PORT", { PORT: "4000", PROTOCOL_PORT: "4000" }],
  ["HOST", { HOST: "192.0.2.1" }],
  ["DATA_DIR", { DATA_DIR: FILE }],
  ["SIGNET_SECRET", { SIGNET_SECRET: "correcthorsebatterystaplecorrecthorsebatterystaplecorre" }],
  ["DATABASE_URL", { DATABASE_URL: "postgres://signet@127.0.0.1:1/signet", SIGNET_SECRET: SECRET }],
] as const)
  test(`an invalid ${name} stops the start with one sentence`, async () => {
    const { code, output } = await failedStart({ DATA_DIR: folder, ...settings });
    expect(code).toBe(1);
    expect(output.trimEnd().split("\n")).toEqual([
      expect.stringMatching(`^Signet can't start\\. .*\\b${name}\\b`),
    ]);
  });
