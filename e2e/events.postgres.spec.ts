import { randomBytes, randomUUID } from "node:crypto";
import { createClient, unwrap } from "signet/client";
import { type EventStream, followEvents } from "./event-stream";
import { expect, test } from "./fixtures";
import { licenseOn } from "./own-server";
import { activate } from "./product";
import { startServer } from "./server";
import { emptyStore } from "./stores";

test.describe.configure({ timeout: 300_000 });

test("a stream of events goes on over a restart and a crash of the server, without a loss or a repetition", async () => {
  const place = await emptyStore();
  const token = randomBytes(24).toString("base64url");
  const settings = { ...place.settings, SIGNET_ADMIN_TOKEN: token };
  let server = { ...(await startServer(settings)), token };
  const ports = { PORT: new URL(server.console).port, PROTOCOL_PORT: new URL(server.door).port };
  const events = `${server.console}/api/v1/admin/events`;
  const { site, number } = await licenseOn(server);
  const stream = followEvents(events, token);
  await hasSeen(stream, "key.issued");

  for (const end of ["stop", "kill"] as const) {
    await activate(site, { cause: "Initial", source: randomUUID() });
    const open = stream.ends();
    const begun = performance.now();
    const code = await server[end]();
    if (end === "stop") expect([code, performance.now() - begun < 5000]).toEqual([0, true]);
    await expect.poll(stream.ends).toBeGreaterThan(open);
    server = { ...(await startServer({ ...settings, ...ports })), token };
    await activate(site, { cause: "Initial", source: randomUUID() });
  }
  const seen = () => stream.events.filter(({ type }) => type === "io.signet.license.activation").length;
  await expect.poll(seen).toBe(4);
  const { events: kept } = await unwrap(
    createClient({ baseUrl: server.console, token }).GET("/api/v1/admin/events", {
      params: { query: { limit: 1000 } },
    }),
  );
  expect(stream.events.map(({ id }) => id)).toEqual(kept.map(({ id }) => id));
  expect(new Set(kept.map(({ license }) => license))).toContain(number);
  await stream.close();
  await server.stop();
  await place.remove();
});

async function hasSeen({ events }: EventStream, type: string): Promise<void> {
  await expect.poll(() => events.map((event) => event.type)).toContain(`io.signet.license.${type}`);
}
