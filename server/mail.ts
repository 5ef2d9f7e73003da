import { createTransport } from "nodemailer";
import { env } from "./env";
import { log } from "./log";

/** A person waits for the answer. */
const PATIENCE = { connectionTimeout: 5000, socketTimeout: 10_000 };

type Mail = { to: string; subject: string; text: string };

export function isMailSet(): boolean {
  return env().SMTP_URL !== undefined;
}

/** Sends a mail if SMTP_URL is set. Answers whether a server took it; what it said otherwise is in the log, the text is not. */
export async function sendMail({ to, subject, text }: Mail): Promise<boolean> {
  const { SMTP_URL, MAIL_FROM, PUBLIC_URL } = env();
  if (!SMTP_URL) return false;
  const from = MAIL_FROM ?? `Signet <signet@${new URL(PUBLIC_URL).hostname}>`;
  try {
    await createTransport({ url: SMTP_URL, ...PATIENCE }).sendMail({ from, to, subject, text });
    return true;
  } catch (error) {
    log().warn({ err: error }, "a mail was not sent");
    return false;
  }
}
