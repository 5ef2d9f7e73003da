import { expectAccessible } from "./accessible";
import { expect, seeAs, test } from "./people";

// The owner here has a separate session, because "see as" changes every page in a session.

test("an owner can see as a license admin, without changing anything, and stop again", async ({
  person,
  issue,
  api,
}) => {
  const { page } = await person("owner");
  const [own, foreign] = [await issue(), await issue()];
  const { email, name } = await person("license-admin", own.customerId);
  await seeAs(page, { email, name });
  const why = `You're viewing this as ${name}, so you can't change anything.`;

  await page.goto("/licenses");
  await expect(page.getByRole("main")).toContainText(own.customer);
  await expect(page.getByRole("main")).not.toContainText(foreign.customer);
  for (const path of [`/licenses/${foreign.number}`, "/people", "/people/invite", "/signing-keys"])
    expect((await page.request.get(path)).status(), path).toBe(404);
  for (const path of ["/licenses/export", `/licenses/${own.number}/assignments/export`])
    expect(await (await page.request.get(path)).text(), path).not.toContain(foreign.customer);

  await page.goto(`/licenses/${own.number}/keys`);
  const reveal = page.getByRole("button", { name: /^Reveal/ });
  await expect(reveal).toHaveAttribute("aria-disabled", "true");
  await expect(reveal).toHaveAccessibleDescription(why);
  for (const width of [1440, 360]) {
    await page.setViewportSize({ width, height: 900 });
    await expectAccessible(page);
  }
  await page.goto(`/licenses/${own.number}/simulate`);
  await expect(page.getByRole("button", { name: "Activate" })).toHaveAccessibleDescription(why);
  await page.goto("/account");
  await expect(page.getByText(`Only ${name} can see and change their account.`)).toBeVisible();
  await expect(page.getByRole("button", { name: "Change password" })).toHaveCount(0);
  expect((await page.request.get("/second-factor")).status()).toBe(404);

  await page.getByRole("button", { name: "Stop" }).click();
  await expect(page.getByRole("complementary")).toContainText(email);
  await expect(page.getByRole("region", { name: "Seen as" })).toHaveCount(0);
  const told = await (await api.get("/api/v1/admin/audit?action=user.seen-as")).text();
  expect(told).toContain("user.seen-as");
});

test('a form opened before is refused during "see as"', async ({ person }) => {
  const { page } = await person("owner");
  const seen = await person("issuer");
  const before = await page.context().newPage();
  await before.goto("/customers/new");
  await seeAs(page, seen);
  await before.getByLabel("Customer name").fill("Not while seeing");
  await before.getByRole("button", { name: "Create customer" }).click();
  await expect(
    before.getByText(`You're viewing this as ${seen.name}, so you can't change anything.`),
  ).toBeVisible();
  await page.goto("/customers");
  await expect(page.getByRole("main")).not.toContainText("Not while seeing");
});

test('"see as" ends when the person is removed', async ({ person, admin }) => {
  const { page } = await person("owner");
  const seen = await person("auditor");
  await seeAs(page, seen);
  await page.goto("/people");
  await expect(page.getByRole("button", { name: "Invite" })).toHaveAttribute("aria-disabled", "true");
  await admin.goto(`/people?q=${seen.email}`);
  await admin.getByRole("link", { name: seen.name }).click();
  await admin.getByRole("button", { name: "Remove…" }).click();
  await admin.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(admin.getByText(`No people match “${seen.email}”.`)).toBeVisible();
  await page.goto("/people");
  await expect(page.getByRole("region", { name: "Seen as" })).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Invite" })).toBeVisible();
});

test('only owners can use "see as", and not for owners', async ({ person }) => {
  const { page } = await person("owner");
  const { page: theirs } = await person("auditor");
  const { email, name } = await person("issuer");
  await theirs.goto(`/people?q=${email}`);
  await theirs.getByRole("link", { name }).click();
  const button = theirs.getByRole("button", { name: "See as…" });
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await expect(button).toHaveAccessibleDescription("Only owners can do this.");
  const other = await person("owner");
  await page.goto(`/people?q=${other.email}`);
  await page.getByRole("link", { name: other.name }).click();
  await expect(page.getByRole("button", { name: "See as…" })).toHaveAccessibleDescription(
    "Owners see the same as you.",
  );
});
