"use client";

import { Checkbox } from "@mantine/core";
import { useRouter } from "next/navigation";
import { ConfirmButton } from "@/components/confirm-button";
import { counted } from "@/components/numbers";
import { OnceButton } from "@/components/once-button";
import { makeRecoveryLink, remove, seeAs, signOutEverywhere } from "./actions";
import { recoveryShown } from "./shown-links";
import styles from "./users.module.css";

type Parts = {
  id: string;
  name: string;
  isSelf: boolean;
  isOwner: boolean;
  secondFactor: boolean;
  sessions: number;
  tokens: number;
  /** The list without the panel, for when the person is gone. */
  back: string;
  why: string | null;
};

const OWN_ACCOUNT = "Change your own password, and end your other sessions, under Account.";
const SAME_SIGHT = "Owners see everything, as you do.";
const OWN_END = "You cannot remove yourself. Another owner can.";

/** Seeing as the person, a recovery link, signing out everywhere, and removal. */
export function PersonActions(parts: Parts) {
  const { id, name, isSelf, isOwner, secondFactor, sessions, tokens, back, why } = parts;
  const router = useRouter();
  const recover = async (form: FormData) => {
    const made = await makeRecoveryLink(id, form.has("drops"));
    if (!made.ok) return made;
    return { ok: true as const, title: `Recovery link for ${name}`, shown: recoveryShown(made.did) };
  };
  const see = async () => {
    const begun = await seeAs(id);
    // The whole page again: what was read as an owner is not kept.
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
        effect={`You see the console as ${name} does, for 30 minutes at most. Nothing can be changed and no key is revealed meanwhile. The audit tells that you looked.`}
        action={`See as ${name}`}
        onConfirm={see}
      >
        See as…
      </ConfirmButton>
      <OnceButton
        why={why ?? (isSelf ? OWN_ACCOUNT : null)}
        title={`A recovery link for ${name}`}
        form={<RecoveryTerms hasSecondFactor={secondFactor} />}
        action="Make the link"
        make={recover}
      >
        Recovery link…
      </OnceButton>
      <ConfirmButton
        why={why ?? (isSelf ? OWN_ACCOUNT : sessions === 0 ? `${name} is signed in nowhere.` : null)}
        title={`Sign ${name} out everywhere?`}
        effect={`${counted(sessions, "session")} ${sessions === 1 ? "ends" : "end"} at once. ${name} can sign in again.`}
        action="Sign out"
        onConfirm={() => signOutEverywhere(id)}
      >
        Sign out everywhere…
      </ConfirmButton>
      <ConfirmButton
        why={why ?? (isSelf ? OWN_END : null)}
        title={`Remove ${name}?`}
        effect={`${name} cannot sign in any more: sessions end at once${tokens > 0 ? `, and ${counted(tokens, "API token")} of theirs ${tokens === 1 ? "is" : "are"} revoked` : ""}. What they did stays in the audit. This cannot be undone; the address can be invited again.`}
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
        By it one sets a new password, once, within a day; then every session of the account ends. Make sure
        by another way that it is them who ask.
      </p>
      {hasSecondFactor ? (
        <Checkbox name="drops" label="The authenticator is lost too: switch the second factor off" />
      ) : null}
    </>
  );
}
