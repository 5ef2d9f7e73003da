import { type MailServer, startMailServer } from "@/scripts/mail-server";
import { test as everything } from "./fixtures";
import { type RunningServer, startServer } from "./server";

export const MAIL_FROM = "licenses@contoso.example";
/** The server has it in its settings and must never show it. */
export const MAIL_PASSWORD = "mail-password";

/** A separate server that mails through an SMTP server in this process. */
export const test = everything.extend<{ mailServer: MailServer; own: RunningServer }>({
  mailServer: async ({ playwright: _ }, use) => {
    const mailServer = await startMailServer();
    await use(mailServer);
    await mailServer.stop();
  },
  own: [
    async ({ mailServer: { url }, empty }, use) => {
      const SMTP_URL = url.replace("//", `//signet:${MAIL_PASSWORD}@`);
      const own = await startServer({ ...empty.settings, SMTP_URL, MAIL_FROM, ALERT_SECONDS: "1" });
      await use(own);
      await own.stop();
    },
    { timeout: 300_000 },
  ],
});
