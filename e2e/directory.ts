import { type Client, unwrap } from "signet/client";

export type WithDirectory = { directory: string };

/** Connects a directory of a customer, which only reports, and tells it that a user is inactive. Returns its id. */
export async function directoryOf(client: Client, customer: string, subject: string): Promise<string> {
  const made = await unwrap(
    client.POST("/api/v1/admin/scim-connections", { body: { name: "Entra ID", customers: [customer] } }),
  );
  const token = "token" in made ? made.token : "";
  await unwrap(
    client.POST("/scim/v2/Users", {
      headers: { Authorization: `Bearer ${token}` },
      body: { userName: subject, active: false },
    }),
  );
  return made.id;
}
