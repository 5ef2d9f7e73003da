import { type Client, createClient, unwrap } from "signet/client";
import { Webhook } from "standardwebhooks";
import { answering, openReceiver, type Receiver } from "@/scripts/receiver";
import { consoleErrorsOf, test as everything, expect } from "./fixtures";
import { licenseOn } from "./own-server";
import { createOwner } from "./owner";
import { type RunningServer, startServer } from "./server";

/** A receiver on this machine, and a separate server that may reach it. */
const test = everything.extend<{ receiver: Receiver; own: RunningServer }>({
  receiver: async ({ playwright: _ }, use) => {
    const receiver = await openReceiver(answering(500, "down for maintenance"));
    await use(receiver);
    await receiver.stop();
  },
  own: [
    async ({ empty }, use) => {
      const settings = { WEBHOOK_ALLOWED_NETWORKS: "127.0.0.1", ALERT_SECONDS: "1" };
      const own = await startServer({ ...empty.settings, ...settings });
      await use(own);
      await own.stop();
    },
    { timeout: 300_000 },
  ],
});

const PATIENCE = { timeout: 60_000 };

/** Creates a webhook that gets issued keys, and returns the secret that is shown once. */
async function webhookTo({ url }: Receiver, client: Client): Promise<{ id: string; secret: string }> {
  const body = { name: "Data warehouse", url, types: ["key.issued" as const] };
  const made = await unwrap(client.POST("/api/v1/admin/webhooks", { body }));
  if (!("secret" in made)) throw new Error("The response to a repeat has no secret.");
  return made;
}

test("a webhook is delivered after a failure, resent by hand, and disabled by 410 with an alert", async ({
  own,
  receiver,
  browser,
}) => {
  test.setTimeout(240_000);
  const client = createClient({ baseUrl: own.console, token: own.token });
  const { id: webhook, secret } = await webhookTo(receiver, client);
  const { jti } = await licenseOn(own);
  const params = { path: { id: webhook } };
  const log = async () =>
    (await unwrap(client.GET("/api/v1/admin/webhooks/{id}/deliveries", { params }))).items;
  const state = async () => (await log()).map(({ state, last }) => [state, last?.status]);
  await expect.poll(state, PATIENCE).toEqual([["waiting", 500]]);
  await receiver.stop();
  receiver.answer(answering(204));
  await receiver.restart();

  const owner = await createOwner(own);
  if ("fault" in owner) throw new Error(owner.fault);
  const context = await browser.newContext({ baseURL: own.console, storageState: owner.storageState });
  const page = await context.newPage();
  const faults = consoleErrorsOf(page);
  const [delivery] = await log();
  await page.goto(`/webhooks/${webhook}/deliveries/${delivery?.id}`);
  await expect(page.getByText("down for maintenance").first()).toBeVisible();
  await page.getByRole("button", { name: "Resend" }).click();
  await expect(page.getByText("It will be sent within seconds.")).toBeVisible();
  await expect.poll(state, PATIENCE).toEqual([["delivered", 204]]);

  // Nothing is due for what was delivered: only *Resend* sends it again.
  const before = receiver.received.length;
  receiver.answer(answering(410));
  await page.getByRole("button", { name: "Resend" }).click();
  await expect.poll(state, PATIENCE).toEqual([["failed", 410]]);
  expect(receiver.received).toHaveLength(before + 1);
  for (const { body, headers } of receiver.received)
    expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toMatchObject({
      id: delivery?.event,
      data: { jti },
    });
  expect(new Set(receiver.received.map(({ headers }) => headers["webhook-id"]))).toEqual(
    new Set([delivery?.event]),
  );

  await page.getByRole("link", { name: "Back to Data warehouse" }).click();
  await expect(page.getByText("Disabled, gone")).toBeVisible();
  await expect(page.getByText("The receiver answered that it is gone (410).")).toBeVisible();
  const alerts = () => unwrap(client.GET("/api/v1/admin/alerts", { params: { query: { state: "fired" } } }));
  await expect
    .poll(async () => (await alerts()).items.map(({ data }) => data.webhook), PATIENCE)
    .toEqual([webhook]);
  await page.goto("/alerts");
  await expect(page.getByRole("row", { name: /Webhook failing/ })).toContainText(
    "The webhook “Data warehouse” was disabled: the receiver answered that it is gone (410)",
  );
  expect(faults, "errors on the console of the page").toEqual([]);
  await context.close();
});
