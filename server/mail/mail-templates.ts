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

/** A mail as text and as HTML: the link is on its own after the first sentence. */
function mailOf(to: string, subject: string, link: string, [first = "", ...rest]: string[]): Mail {
  const address = escaped(link);
  const paragraphs = [escaped(first), `<a href="${address}">${address}</a>`, ...rest.map(escaped)];
  return {
    to,
    subject,
    text: `${[first, link, ...rest].join("\n\n")}\n`,
    html: `<!doctype html>\n<html lang="en">\n${paragraphs.map((text) => `<p>${text}</p>`).join("\n")}\n</html>\n`,
  };
}

function hostOf(link: string): string {
  return new URL(link).host;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
