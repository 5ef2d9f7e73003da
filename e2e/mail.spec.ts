import { test as everything, expect } from "./fixtures";
import { type MailServer, startMailServer } from "./mail-server";
import { createOwner, OWNER } from "./owner";
import { acceptAs, linkOn } from "./people";
import { type RunningServer, startServer } from "./server";

/** A separate server that mails through an SMTP server in this process. */
const test = everything.extend<{ mailServer: MailServer; own: RunningServer }>({
  mailServer: async ({ playwright: _ }, use) => {
    const mailServer = await startMailServer();
    await use(mailServer);
    await mailServer.stop();
  },
  own: [
    async ({ mailServer: { url }, empty }, use) => {
      const own = await startServer({
        ...empty.settings,
        SMTP_URL: url,
        MAIL_FROM: "licenses@contoso.example",
      });
      await use(own);
      await own.stop();
    },
    { timeout: 300_000 },
  ],
});

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
    await page.goto("/users/invite");
    await page.getByLabel("E-mail").fill(email);
    await page.getByRole("radio", { name: "Auditor" }).check();
    await page.getByRole("button", { name: "Create invitation link" }).click();
    return linkOn(page);
  };

  const link = await invite("ana@contoso.example");
  await expect(page.getByText("Mailed to ana@contoso.example.")).toBeVisible();
  await page.getByLabel("I have stored it").check();
  expect(mailServer.letters).toHaveLength(1);
  expect(mailServer.letters[0]).toContain("From: Signet <licenses@contoso.example>");
  expect(mailServer.letters[0]).toContain(link);
  const guest = await browser.newContext({ baseURL: own.console });
  await acceptAs(await guest.newPage(), link, "Ana Ruiz");

  await page.goto("/users");
  await page.getByRole("link", { name: "Ana Ruiz" }).click();
  await page.getByRole("button", { name: "Recovery link…" }).click();
  await page.getByRole("button", { name: "Create recovery link" }).click();
  await expect(page.getByText("Mailed to ana@contoso.example.")).toBeVisible();
  expect(mailServer.letters[1]).toContain(await linkOn(page));
  await page.getByLabel("I have stored it").check();

  await mailServer.stop();
  const shown = await invite("lea@contoso.example");
  await expect(page.getByText("It couldn't be e-mailed.")).toBeVisible();
  await page.getByLabel("I have stored it").check();
  await page.getByRole("link", { name: "Back to people" }).last().click();
  await expect(page.getByRole("row", { name: "lea@contoso.example" })).toContainText("Auditor");
  await acceptAs(await guest.newPage(), shown, "Lea Lind");
  for (const secret of ["mail-password", "lea@contoso.example", shown.split("/").at(-1) ?? OWNER.email])
    expect(own.output()).not.toContain(secret);
  await context.close();
  await guest.close();
});
