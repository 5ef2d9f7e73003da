"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, startTransition, useState } from "react";
import type { RefusalNotice } from "@/components/forms/refusal-notice";
import { orUnanswered } from "@/components/forms/unanswered";
import { count } from "@/components/text/numbers";
import { ActionButton } from "@/components/ui/action-button";
import { Problem } from "@/components/ui/problem";
import type { VerificationStep } from "@/server/audit/verification";
import { verifyNow } from "./actions";
import styles from "./chain-tools.module.css";

/**
 * Verifies one chain, or all that the person may read, and shows the progress; before that it shows `children`, the
 * last result.
 */
export function Verify({ chain, children }: { chain: string | null; children: ReactNode }) {
  const router = useRouter();
  const [step, setStep] = useState<VerificationStep | null>(null);
  const [refused, setRefused] = useState<RefusalNotice | null>(null);
  const run = async () => {
    setStep(BEGUN);
    const why = await verified(chain, setStep);
    startTransition(() => {
      setRefused(why);
      setStep(null);
      router.refresh();
    });
  };
  return (
    <div className={styles.verify}>
      <ActionButton variant="default" loading={step !== null} onClick={run}>
        Verify now
      </ActionButton>
      {step ? <Progress of={step} /> : null}
      <div role="status">{step ? null : refused ? <Problem of={refused} /> : children}</div>
    </div>
  );
}

const BEGUN: VerificationStep = { chain: 1, chains: 1, events: 0, of: 0 };
const STOPPED: RefusalNotice = {
  sentence: "Verification stopped: the server isn't responding. Click Verify now again.",
};

/** Why the verification failed; null if it succeeded. */
async function verified(
  chain: string | null,
  tell: (step: VerificationStep) => void,
): Promise<RefusalNotice | null> {
  const begun = await orUnanswered(verifyNow(chain));
  if (!begun.ok) return begun.refused;
  try {
    for await (const step of begun.did) tell(step);
    return null;
  } catch {
    return STOPPED;
  }
}

function Progress({ of: { chain, chains, events, of } }: { of: VerificationStep }) {
  const share = (chain - 1 + events / Math.max(1, of)) / chains;
  return (
    <div className={styles.progress}>
      <progress aria-label="Verifying" max={1} value={share} />
      <span>
        {chains > 1
          ? `Chain ${count(chain)} of ${count(chains)}`
          : `Event ${count(events)}${of ? ` of ${count(of)}` : ""}`}
      </span>
    </div>
  );
}
