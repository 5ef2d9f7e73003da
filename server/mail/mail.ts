import { createTransport } from "nodemailer";
import { type Env, env } from "@/server/store/env";
import { log } from "@/server/store/log";

/** The result of a mail; `off` if no mail server is configured. */
export type Mailed = "sent" | "failed" | "off";

export type Mail = {
  to: string;
  subject: string;
  text: string;
  html: string;
  headers?: Record<string, string>;
  /** The same for a mail that is sent again, so that it can be recognized. */
  messageId?: string;
};

/** How long the mail server may stay silent at each step. */
const PATIENCE_MS = 5000;

/** Sends a mail. It never throws: the sender also sees the content on the page. */
export async function mail(
  { to, ...words }: Mail,
  { SMTP_URL, MAIL_FROM }: Pick<Env, "SMTP_URL" | "MAIL_FROM"> = env(),
): Promise<Mailed> {
  if (!SMTP_URL) return "off";
  try {
    const from = { name: "Signet", address: MAIL_FROM };
    await serverAt(SMTP_URL).sendMail({ ...words, from, to: { name: "", address: to } });
    return "sent";
  } catch (error) {
    log().warn({ mail: codeOf(error) }, "An e-mail was not sent.");
    return "failed";
  }
}

function serverAt(url: string) {
  return createTransport({
    url,
    dnsTimeout: PATIENCE_MS,
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/** Only the code: the message of a mail server may name people. */
function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown";
}
