import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import type { SMTPServerOptions } from "smtp-server";
import { expect, onTestFinished, test } from "vitest";
import { startMailServer } from "@/scripts/mail-server";
import { mail } from "./mail";
import { invitationMail, recoveryMail } from "./mail-templates";

const MAIL_FROM = "signet@signet.example";
const LINK = "https://signet.example/invite/abc";
const letter = (to: string) => invitationMail({ to, link: LINK, ends: "1 Dec 2026, 14:03 UTC" });

/** A mail server for one test. */
async function mailServer(options?: SMTPServerOptions) {
  const { url: SMTP_URL, received, stop } = await startMailServer(options);
  onTestFinished(stop);
  return { received, SMTP_URL };
}

test("without a mail server nothing is mailed", async () => {
  expect(await mail(letter("ana@contoso.example"), { MAIL_FROM })).toBe("off");
});

test("a mail arrives as text and as HTML, with its link, from the configured address", async () => {
  const { received, SMTP_URL } = await mailServer();
  expect(await mail(letter("ana@contoso.example"), { SMTP_URL, MAIL_FROM })).toBe("sent");
  expect(received).toMatchObject([{ from: MAIL_FROM, to: ["ana@contoso.example"] }]);
  const text = received[0]?.source ?? "";
  expect(text).toContain("From: Signet <signet@signet.example>");
  expect(text).toContain("Subject: Your invitation to Signet at signet.example");
  expect(text).toMatch(/Content-Type: text\/plain[\s\S]+Content-Type: text\/html/);
  const unfolded = text.replaceAll("=\r\n", "").replaceAll("=3D", "=");
  expect(unfolded).toContain(`\r\n${LINK}\r\n`);
  expect(unfolded).toContain(`<a href="${LINK}">`);
});

test("an address with a line break reaches nobody else, and adds no header", async () => {
  const { received, SMTP_URL } = await mailServer();
  await mail(letter("ana@contoso.example\r\nBcc: eve@contoso.example"), { SMTP_URL, MAIL_FROM });
  await mail(letter("ana@contoso.example, eve@contoso.example"), { SMTP_URL, MAIL_FROM });
  expect(received.flatMap(({ to }) => to)).not.toContain("eve@contoso.example");
  for (const { source } of received) expect(source).not.toMatch(/^Bcc:/m);
});

test("a mail that can't be sent is reported, and nothing is thrown", async () => {
  const refusing = await mailServer({
    onRcptTo: (_address, _session, done) => done(new Error("no such box")),
  });
  expect(await mail(letter("ana@contoso.example"), { ...refusing, MAIL_FROM })).toBe("failed");
  expect(await mail(letter("ana@contoso.example"), { SMTP_URL: "smtp://127.0.0.1:1", MAIL_FROM })).toBe(
    "failed",
  );
});

test("a mail server that never responds doesn't block the caller", async () => {
  const silent = createServer().listen(0, "127.0.0.1");
  await once(silent, "listening");
  const SMTP_URL = `smtp://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  expect(await mail(letter("ana@contoso.example"), { SMTP_URL, MAIL_FROM })).toBe("failed");
  silent.close();
}, 15_000);

test("a link is escaped in the HTML", () => {
  const { html, text } = recoveryMail({ to: "", link: 'https://signet.example/"<a>&', ends: "" });
  expect(html).toContain('<a href="https://signet.example/&quot;&lt;a>&amp;">');
  expect(text).toContain('https://signet.example/"<a>&');
});
