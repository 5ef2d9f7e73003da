import { randomUUID } from "node:crypto";
import { unwrap } from "signet/client";
import { expect, test } from "./people";
import { sendPlainForm } from "./plain-form";
import { withWebhook } from "./webhook";

const REFUSAL = /role="alert"|aria-invalid="true"/;

/**
 * Forms that name what they change beside their fields, sent before the page is hydrated or without JavaScript. React
 * renders for ever when such an action is bound where its form is rendered.
 */
test("a form that is sent before hydration is refused or done, and the page is answered", async ({
  admin,
  person,
  client,
  license,
}) => {
  const { id: directory } = await unwrap(
    client.POST("/api/v1/admin/scim-connections", {
      body: { name: `Okta ${randomUUID()}`, license: license.number },
    }),
  );
  const { webhook } = await withWebhook(client, license);
  const { email, name } = await person("auditor");
  await admin.goto(`/people?q=${email}`);
  const rights = await admin.getByRole("link", { name }).getAttribute("href");
  const mapping = { subject: "userName", "group-0": "Analysts", "allotment-0": "professional" };
  const warehouse = { name: "Warehouse", typePrefix: "io.signet.license.", concurrency: "8" };
  const definition = { product: "QSEfW", label: "", days: "30", source: "", promise: "whole" };
  const forms: [path: string, refused: Record<string, string>, done: Record<string, string>, says: string][] =
    [
      [
        `/directories/${directory}/edit`,
        { ...mapping, "in-0": "1234" },
        { ...mapping, "in-0": license.number },
        "Saved.",
      ],
      [
        `/webhooks/${webhook}/edit`,
        { ...warehouse, url: "ftp://a" },
        { ...warehouse, url: "https://localhost/a" },
        "Saved.",
      ],
      [String(rights), { role: "license_admin" }, { role: "owner" }, "Saved."],
      [`/licenses/${license.number}/keys/new`, { label: "\0" }, { label: "Warsaw" }, "Key issued"],
      [
        `/licenses/${license.number}/deployments/offline/new`,
        { ...definition, days: "many" },
        definition,
        "Signed definition issued",
      ],
    ];
  for (const [path, refused, done, says] of forms) {
    expect(REFUSAL.test(await sendPlainForm(admin.request, path, refused)), `${path} refuses`).toBe(true);
    expect((await sendPlainForm(admin.request, path, done)).includes(says), `${path} is done`).toBe(true);
  }
});
