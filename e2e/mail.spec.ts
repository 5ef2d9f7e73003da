import { expect } from "./fixtures";
import { MAIL_FROM, MAIL_PASSWORD, test } from "./mailing";
import { createOwner, OWNER } from "./owner";
import { acceptAs, linkOn } from "./people";

test("links are mailed and also shown, even if the mail server is down", async ({
  own,
  mailServer,
  browser,
}) => {
  const owner = await createOwner(own);
  if ("fault" in owner) throw new Error(owner.fault);
  const context = await browser.newContext({ baseURL: own.console, storageState: owner.storageState });
  const page = await context.newPage();
  const invite = async (email: string) => {
    await page.goto("/people/invite");
    await page.getByLabel("E-mail").fill(email);
    await page.getByRole("radio", { name: "Auditor" }).check();
    await page.getByRole("button", { name: "Create invitation link" }).click();
    return linkOn(page);
  };

  const link = await invite("ana@contoso.example");
  await expect(page.getByText("Mailed to ana@contoso.example.")).toBeVisible();
  await page.getByLabel("I have stored it").check();
  expect(mailServer.received.map(({ mail }) => mail.from)).toEqual([{ name: "Signet", address: MAIL_FROM }]);
  expect(mailServer.received[0]?.mail.text).toContain(link);
  const guest = await browser.newContext({ baseURL: own.console });
  await acceptAs(await guest.newPage(), link, "Ana Ruiz");

  await page.goto("/people");
  await page.getByRole("link", { name: "Ana Ruiz" }).click();
  await page.getByRole("button", { name: "Recovery link…" }).click();
  await page.getByRole("button", { name: "Create recovery link" }).click();
  await expect(page.getByText("Mailed to ana@contoso.example.")).toBeVisible();
  expect(mailServer.received[1]?.mail.text).toContain(await linkOn(page));
  await page.getByLabel("I have stored it").check();

  await mailServer.stop();
  const shown = await invite("lea@contoso.example");
  await expect(page.getByText("It couldn't be e-mailed.")).toBeVisible();
  await page.getByLabel("I have stored it").check();
  await page.getByRole("link", { name: "Back to people" }).last().click();
  await expect(page.getByRole("row", { name: "lea@contoso.example" })).toContainText("Auditor");
  await acceptAs(await guest.newPage(), shown, "Lea Lind");
  for (const secret of [MAIL_PASSWORD, "lea@contoso.example", shown.split("/").at(-1) ?? OWNER.email])
    expect(own.output()).not.toContain(secret);
  await context.close();
  await guest.close();
});
