import { mail } from "@/server/mail/mail";
import { alertMail } from "@/server/mail/mail-templates";
import type { Env } from "@/server/store/env";
import { alertTexts } from "./alert-texts";
import { isConcerned, listeners } from "./audience";
import type { Batch, SendResult } from "./batch";
import { unsubscribeLinks } from "./unsubscribing";

/** Mails alerts to a person who still wants them, and only those that the person may still see. */
export async function sendAlertMail({ id, recipient, alerts }: Batch, settings: Env): Promise<SendResult> {
  const [person] = await listeners([recipient]);
  if (!person || person.choice === "off") return "dropped";
  const visible = (await alertTexts(alerts, settings.PUBLIC_URL, person.dates)).filter(({ customerId }) =>
    isConcerned(person.customers, customerId),
  );
  if (visible.length === 0) return "dropped";
  const { hostname } = new URL(settings.PUBLIC_URL);
  const links = unsubscribeLinks(person.id, settings.PUBLIC_URL);
  const { choice, email: to } = person;
  const sent = await mail(
    alertMail({ to, choice, alerts: visible, links, messageId: `<alerts.${id}@${hostname}>` }),
    settings,
  );
  return sent === "off" ? "dropped" : sent;
}
