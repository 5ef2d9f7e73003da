import type { Letter } from "./mail";

type Sent = { to: string; link: string; ends: string };

/** Brings the link of an invitation. */
export function invitationLetter({ to, link, ends }: Sent): Letter {
  return letter(to, `Your invitation to Signet at ${hostOf(link)}`, link, [
    `You are invited to Signet, the license console at ${hostOf(link)}. Open this link, say your name and choose a password:`,
    `The link makes one account, once, and holds until ${ends}. Whoever opens it first gets the account, so do not pass it on.`,
    "You did not expect this? Then leave it: nothing happens.",
  ]);
}

/** Brings the link by which a person sets a new password. */
export function recoveryLetter({ to, link, ends }: Sent): Letter {
  return letter(to, `A new password for Signet at ${hostOf(link)}`, link, [
    `An owner of Signet at ${hostOf(link)} made this link for you. By it you set a new password; then every session of your account ends:`,
    `The link works once and holds until ${ends}. Whoever opens it sets the password, so do not pass it on.`,
    "You did not ask for it? Then tell an owner, and leave the link.",
  ]);
}

/** As text and as HTML: the link stands by itself after the first sentence. */
function letter(to: string, subject: string, link: string, [first = "", ...rest]: string[]): Letter {
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
