import type { AlertText } from "@/domain/alerts/alert-messages";
import type { MailChoice } from "@/domain/alerts/mail-choice";
import type { Mail } from "./mail";

type Sent = { to: string; link: string; ends: string };

/** The mail with an invitation link. */
export function invitationMail({ to, link, ends }: Sent): Mail {
  return mailOf(to, `Your invitation to Signet at ${hostOf(link)}`, link, [
    `You are invited to Signet, the license console at ${hostOf(link)}. Open this link, then enter your name and choose a password:`,
    `The link creates one account and works once. It expires ${ends}. Anyone with the link can claim the account, so don't pass it on.`,
    "If you didn't expect this, ignore it.",
  ]);
}

/** The mail with a recovery link, to set a new password. */
export function recoveryMail({ to, link, ends }: Sent): Mail {
  return mailOf(to, `A new password for Signet at ${hostOf(link)}`, link, [
    `An owner of Signet at ${hostOf(link)} created this link for you. Use it to set a new password. This ends all sessions of your account:`,
    `The link works once and expires ${ends}. Anyone with the link can set the password, so don't pass it on.`,
    "If you didn't ask for this, tell an owner and don't open the link.",
  ]);
}

/** The pages that a mail about alerts leads to; `oneClick` ends the mails by a POST without a session. */
export type AlertLinks = { unsubscribe: string; oneClick: string; preferences: string; all: string };

type AlertMail = {
  to: string;
  choice: Exclude<MailChoice, "off">;
  alerts: readonly AlertText[];
  links: AlertLinks;
  messageId: string;
};

/** A mail names so many alerts; the others are counted. */
const MOST_ALERTS = 100;

/** The mail with alerts, at once or as a digest. A mail program can end them with one click (RFC 8058). */
export function alertMail({ to, choice, alerts, links, messageId }: AlertMail): Mail {
  const shown = alerts.slice(0, MOST_ALERTS);
  const rest = alerts.length - shown.length;
  const lead = leadOf(alerts, choice);
  const more = rest > 0 ? [`${rest} more: ${links.all}`] : [];
  const end = `You get ${FREQUENCY[choice]}.`;
  const text = [
    lead,
    ...shown.map(({ title, sentence, where, link }) => `${title}: ${sentence}.\n${where}\n${link}`),
    ...more,
    `${end} Change this: ${links.preferences}\nUnsubscribe: ${links.unsubscribe}`,
  ];
  const html = [
    paragraph(escaped(lead)),
    ...shown.map(({ title, sentence, where, link }) =>
      paragraph(`${anchor(link, title)}: ${escaped(sentence)}.<br>${escaped(where)}`),
    ),
    ...(rest > 0 ? [paragraph(anchor(links.all, `${rest} more`))] : []),
    paragraph(
      `${end} ${anchor(links.preferences, "Change this")} or ${anchor(links.unsubscribe, "unsubscribe")}.`,
    ),
  ];
  return {
    ...{ to, messageId, subject: subjectOf(alerts, choice) },
    text: `${text.join("\n\n")}\n`,
    html: documentOf(html),
    headers: {
      "List-Unsubscribe": `<${links.oneClick}>`,
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
      "Auto-Submitted": "auto-generated",
    },
  };
}

const FREQUENCY = {
  immediate: "alerts as they happen",
  daily: "a daily digest of new alerts",
  weekly: "a weekly digest of new alerts",
};

function subjectOf(alerts: readonly AlertText[], choice: AlertMail["choice"]): string {
  const [first] = alerts;
  if (first && alerts.length === 1) return `${first.title}: ${first.where}`;
  const count = `${alerts.length} license alerts`;
  return choice === "immediate" ? count : `${count} (${choice} digest)`;
}

function leadOf(alerts: readonly unknown[], choice: AlertMail["choice"]): string {
  const count = alerts.length === 1 ? "1 new alert" : `${alerts.length} new alerts`;
  return choice === "immediate" ? `${count}:` : `${count} since the last ${choice} digest:`;
}

function paragraph(html: string): string {
  return `<p>${html}</p>`;
}

function anchor(link: string, name: string): string {
  return `<a href="${escaped(link)}">${escaped(name)}</a>`;
}

function documentOf(paragraphs: readonly string[]): string {
  return `<!doctype html>\n<html lang="en">\n${paragraphs.join("\n")}\n</html>\n`;
}

/** A mail as text and as HTML: the link is on its own after the first sentence. */
function mailOf(to: string, subject: string, link: string, [first = "", ...rest]: string[]): Mail {
  const paragraphs = [escaped(first), anchor(link, link), ...rest.map(escaped)];
  return {
    to,
    subject,
    text: `${[first, link, ...rest].join("\n\n")}\n`,
    html: documentOf(paragraphs.map(paragraph)),
  };
}

function hostOf(link: string): string {
  return new URL(link).host;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
