import { defaultMailChoice, isMailChoice, type MailChoice, mailDue } from "@/domain/alerts/mail-choice";
import type { Role } from "@/domain/roles";
import { store } from "@/server/store/store";

/** How a person hears of alerts by mail. */
export async function mailChoiceOf(userId: string, role: Role): Promise<MailChoice> {
  const row = await store().db.mailPreference.findUnique({ where: { userId } });
  return isMailChoice(row?.mail) ? row.mail : defaultMailChoice(role);
}

/** Sets how a person hears of alerts; what waits to be mailed follows the new choice. */
export async function chooseMail(userId: string, choice: MailChoice, now: Date): Promise<void> {
  const due = mailDue(choice, now);
  const waiting = { medium: "mail", recipient: userId, endedAt: null, claimedUntil: null };
  await store().db.$transaction(async (tx) => {
    await tx.mailPreference.upsert({
      where: { userId },
      create: { userId, mail: choice, changedAt: now },
      update: { mail: choice, changedAt: now },
    });
    await tx.alertDelivery.updateMany({
      where: waiting,
      data: due ? { dueAt: due } : { endedAt: now, outcome: "dropped" },
    });
  });
}
