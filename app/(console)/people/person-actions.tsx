"use client";

import { Checkbox } from "@mantine/core";
import { useRouter } from "next/navigation";
import { counted } from "@/components/text/numbers";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { OnceButton } from "@/components/ui/once-button";
import { makeRecoveryLink, remove, seeAs, signOutEverywhere } from "./actions";
import styles from "./people.module.css";
import { recoveryShown } from "./shown-links";

type Props = {
  id: string;
  name: string;
  isSelf: boolean;
  isOwner: boolean;
  secondFactor: boolean;
  sessions: number;
  tokens: number;
  /** The URL of the list without the panel, for after the removal. */
  back: string;
  why: string | null;
};

const OWN_ACCOUNT = "Change your password and end your other sessions under Account.";
const SAME_SIGHT = "Owners see the same as you.";
const OWN_END = "You can't remove yourself. Ask another owner to do it.";

/** The actions for a person: see as, recovery link, sign out everywhere, remove. */
export function PersonActions(parts: Props) {
  const { id, name, isSelf, isOwner, secondFactor, sessions, tokens, back, why } = parts;
  const router = useRouter();
  const recover = async (form: FormData) => {
    const made = await makeRecoveryLink(id, form.has("drops"));
    if (!made.ok) return made;
    return { ok: true as const, title: `Recovery link for ${name}`, shown: recoveryShown(made.did) };
  };
  const see = async () => {
    const begun = await seeAs(id);
    // A full reload drops everything that was read as the owner.
    if (begun.ok) window.location.assign("/");
    return begun;
  };
  const removeForGood = async () => {
    const removed = await remove(id);
    if (removed.ok) router.push(back);
    return removed;
  };
  return (
    <div className={styles.buttons}>
      <ConfirmButton
        why={why ?? (isOwner ? SAME_SIGHT : null)}
        title={`See as ${name}?`}
        effect={`You see the console as ${name} does, for up to 30 minutes. You can't change anything or reveal keys. The audit log records it.`}
        action={`See as ${name}`}
        onConfirm={see}
      >
        See as…
      </ConfirmButton>
      <OnceButton
        why={why ?? (isSelf ? OWN_ACCOUNT : null)}
        title={`Create a recovery link for ${name}?`}
        form={<RecoveryTerms hasSecondFactor={secondFactor} />}
        action="Create recovery link"
        make={recover}
      >
        Recovery link…
      </OnceButton>
      <ConfirmButton
        why={why ?? (isSelf ? OWN_ACCOUNT : sessions === 0 ? `${name} has no sessions.` : null)}
        title={`Sign ${name} out everywhere?`}
        effect={`${counted(sessions, "session")} ${sessions === 1 ? "ends" : "end"} immediately. ${name} can sign in again.`}
        action="Sign out"
        onConfirm={() => signOutEverywhere(id)}
      >
        Sign out everywhere…
      </ConfirmButton>
      <ConfirmButton
        why={why ?? (isSelf ? OWN_END : null)}
        title={`Remove ${name}?`}
        effect={`${name} can no longer sign in: sessions end immediately${tokens > 0 ? `, and ${counted(tokens, "API token")} of theirs ${tokens === 1 ? "is" : "are"} revoked` : ""}. Their audit events are kept. This can't be undone, but you can invite the address again.`}
        action="Remove"
        color="danger"
        onConfirm={removeForGood}
      >
        Remove…
      </ConfirmButton>
    </div>
  );
}

function RecoveryTerms({ hasSecondFactor }: { hasSecondFactor: boolean }) {
  return (
    <>
      <p>
        The link sets a new password, works once, and expires in a day. It then ends all sessions of the
        account. Verify first that the request really came from this person.
      </p>
      {hasSecondFactor ? (
        <Checkbox name="drops" label="Turn off the second factor too, if the authenticator is lost" />
      ) : null}
    </>
  );
}
