"use client";

import { ConfirmButton } from "@/components/ui/confirm-button";
import { OnceButton } from "@/components/ui/once-button";
import { linkAgain, withdraw } from "./actions";
import { invitationShown } from "./shown-links";

type Props = { id: string; email: string; why: string | null };

/** Creates a new link for a person who lost the first one, or withdraws the invitation. */
export function InvitationActions({ id, email, why }: Props) {
  const renew = async () => {
    const made = await linkAgain(id);
    if (!made.ok) return made;
    return { ok: true as const, title: `New link for ${email}`, shown: invitationShown(made.did) };
  };
  return (
    <>
      <OnceButton
        size="xs"
        label={`New link for ${email}`}
        why={why}
        title={`New link for ${email}?`}
        form={<p>The previous link stops working. The new one is shown once and expires after 7 days.</p>}
        action="Create new link"
        make={renew}
      >
        New link…
      </OnceButton>
      <ConfirmButton
        size="xs"
        label={`Withdraw the invitation of ${email}`}
        why={why}
        title={`Withdraw the invitation of ${email}?`}
        effect="The link stops working. You can invite the same address again."
        action="Withdraw"
        color="danger"
        onConfirm={() => withdraw(id)}
      >
        Withdraw
      </ConfirmButton>
    </>
  );
}
