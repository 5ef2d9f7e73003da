import { type Client, unwrap } from "signet/client";
import { directoryOf, type WithDirectory } from "./directory";
import { type WithWebhook, withWebhook } from "./webhook";

/** A seat of the license, and the user who holds it. */
type WithUser = { instance: string; subject: string };

/** What the pages need beside a license: a webhook, a delivery, a directory, and a user with a seat. */
export async function withShown<Of extends { number: string; customerId: string }>(
  client: Client,
  license: Of,
): Promise<Of & WithWebhook & WithUser & WithDirectory> {
  const user = await userOf(client, license.number);
  const directory = await directoryOf(client, license.customerId, user.subject);
  return { ...(await withWebhook(client, license)), ...user, directory };
}

/** The user of the first seat; one is assigned if there is none. */
async function userOf(client: Client, number: string): Promise<WithUser> {
  const params = { path: { number } };
  const assignments = "/api/v1/admin/licenses/{number}/assignments";
  const { items } = await unwrap(client.GET(assignments, { params: { ...params, query: { limit: 1 } } }));
  const [seat] = items;
  if (seat) return seat;
  const body = { allotment: "professional", subject: `acme\\${crypto.randomUUID()}` };
  return unwrap(client.POST(assignments, { params, body }));
}
