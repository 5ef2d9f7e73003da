import { randomUUID } from "node:crypto";
import { acceptAs, expect, linkOn, PASSWORD, signInAs, test } from "./people";

const NOT_HERE = "Page not found";
/** Buttons that an auditor sees but can't press. */
const FOR_OWNERS = [
  ["/people/invite", "Create invitation link"],
  ["/tokens", "Create token"],
  ["/signing-keys", "Rotate signing key…"],
] as const;

test("an invitation creates one account with its role and customers", async ({
  admin: page,
  browser,
  baseURL,
  issue,
}) => {
  const [own, foreign] = [await issue(), await issue()];
  const email = `lea-${randomUUID()}@signet.example`;
  await page.goto("/people");
  await page.getByRole("link", { name: "Invite" }).click();
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("radio", { name: "License admin" }).check();
  await page.getByRole("button", { name: "Create invitation link" }).click();
  await expect(page.getByText("Choose the customers for this license admin.")).toBeVisible();
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("radio", { name: "License admin" }).check();
  await page.getByLabel(own.customer, { exact: true }).check();
  await page.getByRole("button", { name: "Create invitation link" }).click();
  const link = await linkOn(page);
  await page.getByLabel("I have stored it").check();
  await page.getByRole("link", { name: "Back to people" }).last().click();
  await expect(page.getByRole("row", { name: email })).toContainText(own.customer);

  const context = await browser.newContext({ baseURL });
  const other = await context.newPage();
  await acceptAs(other, link, "Lea Lind");
  await other.goto("/licenses");
  await expect(other.getByRole("main")).toContainText(own.customer);
  await expect(other.getByRole("main")).not.toContainText(foreign.customer);
  await other.goto(`/licenses/${foreign.number}`);
  await expect(other.getByRole("heading", { level: 1 })).toHaveText(NOT_HERE);
  await other.goto(link);
  await expect(other.getByText("This link was used or withdrawn")).toBeVisible();
  await context.close();

  await page.goto(`/people?q=${email}`);
  const row = page.getByRole("row", { name: email });
  await expect(row).toContainText("Lea Lind");
  await expect(row).toContainText("License admin");
  await expect(page.getByRole("table", { name: "Invitations" }).getByText(email)).toHaveCount(0);

  await page.getByRole("button", { name: "Filters" }).click();
  await page.getByLabel("Role", { exact: true }).selectOption("License admin");
  await page.getByLabel("Customer", { exact: true }).selectOption(foreign.customer);
  await expect(row).toHaveCount(0);
  await page.getByLabel("Customer", { exact: true }).selectOption(own.customer);
  await expect(row).toHaveCount(1);
  await expect(page).toHaveURL(/role=license-admin/);
  await page.getByLabel("State", { exact: true }).selectOption("Invited");
  await expect(page.getByText("No people match these 4 filters.")).toBeVisible();
  await page.getByLabel("State", { exact: true }).selectOption("With an account");
  await expect(row).toHaveCount(1);
  await page.getByRole("columnheader", { name: "Last seen" }).getByRole("link").click();
  await expect(page).toHaveURL(/sort=-seen/);
  const href = await page.getByRole("link", { name: "Export CSV" }).getAttribute("href");
  const sheet = await (await page.request.get(href ?? "")).text();
  const rows = sheet.trim().split("\r\n").slice(1);
  expect(rows).toHaveLength(1);
  expect(rows[0]).toContain(`Lea Lind,${email},license-admin,account,${own.customer},`);
});

test("a withdrawn or replaced invitation no longer works", async ({ admin: page, browser, baseURL }) => {
  const email = `gone-${randomUUID()}@signet.example`;
  await page.goto("/people/invite");
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("radio", { name: "Auditor" }).check();
  await page.getByRole("button", { name: "Create invitation link" }).click();
  const first = await linkOn(page);
  await page.getByLabel("I have stored it").check();
  await page.getByRole("link", { name: "Back to people" }).last().click();
  await page.getByRole("button", { name: `New link for ${email}` }).click();
  await page.getByRole("button", { name: "Create new link" }).click();
  const second = await linkOn(page);
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Close" }).last().click();
  await expect(dialog).toContainText("It can't be shown again");
  await dialog.getByRole("button", { name: "Close anyway" }).click();
  const other = await (await browser.newContext({ baseURL })).newPage();
  await other.goto(first);
  await expect(other.getByText("This link was used or withdrawn")).toBeVisible();
  await other.goto(second);
  await expect(other.getByText(`You will sign in with ${email}.`)).toBeVisible();
  await page.getByRole("button", { name: `Withdraw the invitation of ${email}` }).click();
  await dialog.getByRole("button", { name: "Withdraw" }).click();
  await expect(page.getByRole("row", { name: email })).toHaveCount(0);
  await other.reload();
  await expect(other.getByText("This link was used or withdrawn")).toBeVisible();
  await other.context().close();
});

test("a role change applies at the next click, and a removal ends all sessions", async ({
  admin: page,
  person,
}) => {
  const { page: theirs, email, name } = await person("issuer");
  await theirs.goto("/people");
  await expect(theirs.getByRole("heading", { level: 1 })).toHaveText(NOT_HERE);
  await expect(theirs.getByRole("link", { name: "People and roles" })).toHaveCount(0);
  await page.goto(`/people?q=${email}`);
  await page.getByRole("link", { name }).click();
  const panel = page.getByRole("complementary");
  await panel.getByRole("radio", { name: "Auditor" }).check();
  await panel.getByRole("button", { name: "Save rights" }).click();
  await expect(page.getByRole("row", { name: email })).toContainText("Auditor");

  await theirs.goto("/people");
  const invite = theirs.getByRole("button", { name: "Invite" });
  await expect(invite).toHaveAttribute("aria-disabled", "true");
  await expect(invite).toHaveAccessibleDescription("Only owners can do this.");

  for (const [path, name] of FOR_OWNERS) {
    await theirs.goto(path);
    const button = theirs.getByRole("button", { name });
    await expect(button, path).toHaveAttribute("aria-disabled", "true");
    await expect(button, path).toHaveAccessibleDescription(/^Only owners/);
  }

  await panel.getByRole("button", { name: "Remove…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(panel).toHaveCount(0);
  await expect(page.getByText(`No people match “${email}”.`)).toBeVisible();
  await theirs.goto("/people");
  await expect(theirs).toHaveURL(/\/sign-in/);
});

test("a recovery link sets a new password once and ends every session", async ({
  admin: page,
  person,
  browser,
  baseURL,
}) => {
  const { page: theirs, email, name } = await person("auditor");
  await page.goto(`/people?q=${email}`);
  await page.getByRole("link", { name }).click();
  await page.getByRole("button", { name: "Recovery link…" }).click();
  await page.getByRole("button", { name: "Create recovery link" }).click();
  const link = await linkOn(page);
  const context = await browser.newContext({ baseURL });
  const other = await context.newPage();
  await other.goto(link);
  await other.getByRole("textbox", { name: "New password" }).fill("another long password");
  await other.getByRole("button", { name: "Set password" }).click();
  await expect(other).not.toHaveURL(/\/recover\//);
  await theirs.goto("/licenses");
  await expect(theirs).toHaveURL(/\/sign-in/);
  await signInAs(theirs, email, PASSWORD);
  await expect(theirs.getByText("E-mail and password do not match an account.")).toBeVisible();
  await other.goto(link);
  await expect(other.getByText("This link was used or replaced")).toBeVisible();
  await context.close();
});

test("a license admin can create tokens for their own licenses only", async ({ person, issue }) => {
  const [own, foreign] = [await issue(), await issue()];
  const { page } = await person("license-admin", own.customerId);
  await page.goto("/tokens/new");
  await expect(page.getByLabel("Role").getByRole("option")).toHaveText(["License admin"]);
  const name = `own ${randomUUID()}`;
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("License", { exact: true }).fill(foreign.number);
  await page.getByRole("button", { name: "Create token" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Not found");
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("License", { exact: true }).fill(own.number);
  await page.getByRole("button", { name: "Create token" }).click();
  await expect(page.getByRole("heading", { name: `Token ${name} created` })).toBeVisible();
  for (const path of ["/tokens", "/tokens/new", "/licenses", "/audit"]) {
    const response = await page.request.get(path);
    expect(await response.text(), path).not.toContain(foreign.customer);
    expect(await response.text(), path).not.toContain(foreign.number);
  }
  for (const path of ["/people", "/people/invite", "/signing-keys"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 }), path).toHaveText(NOT_HERE);
  }
});
