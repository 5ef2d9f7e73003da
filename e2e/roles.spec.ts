import { ROLES, rightOf } from "@/domain/roles";
import { pagesOf } from "./pages";
import { expect, test } from "./people";
import { withShown } from "./shown";

/** `e2e/pages.spec.ts` opens every page as an owner. */
const TRIED = process.env.SIGNET_TEST === "all" ? ROLES : ROLES.filter((role) => role !== "owner");

for (const role of TRIED)
  test(`${role}s see the pages that their rights allow, and 404 elsewhere`, async ({
    admin,
    person,
    issue,
    client,
  }) => {
    const license = await withShown(client, await issue());
    const customerId = role === "license-admin" ? license.customerId : undefined;
    const page = role === "owner" ? admin : (await person(role, customerId)).page;
    for (const { path, action } of pagesOf(license)) {
      if (!action) continue;
      const response = await page.request.get(path);
      const right = rightOf(role, action);
      if (right === "hidden") expect(response.status(), path).toBe(404);
      if (right === "yes") expect(response.status(), path).toBe(200);
      expect(response.status(), path).toBeLessThan(500);
    }
  });

test("a license admin sees no page of another customer's license, webhook or directory", async ({
  person,
  issue,
  client,
}) => {
  const [own, foreign] = [await issue(), await withShown(client, await issue())];
  const { page } = await person("license-admin", own.customerId);
  for (const { path, action } of pagesOf(foreign)) {
    if (!action || ![foreign.number, foreign.webhook, foreign.directory].some((id) => path.includes(id)))
      continue;
    const response = await page.request.get(path);
    expect(response.status(), path).toBe(404);
    expect(await response.text(), path).not.toContain(foreign.customer);
  }
});
