"use client";

import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type ReactNode, useState, useTransition } from "react";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import type { RefusalNotice } from "@/components/forms/refusal-notice";
import { orUnanswered } from "@/components/forms/unanswered";
import { useChanges } from "@/components/shell/changes";
import { ActionButton } from "@/components/ui/action-button";
import { Dialog } from "@/components/ui/dialog";
import { DialogActions } from "@/components/ui/dialog-actions";
import { Problem } from "@/components/ui/problem";
import type { SuspicionCode } from "@/domain/suspicions";
import { clearHere, forgetHere } from "./actions";

type Props = { number: string; source: string; why: string | null };

/** Clears a suspicion that has been investigated. */
export function ClearSuspicion({ number, source, code, why }: Props & { code: SuspicionCode }) {
  const { did } = useChanges();
  return (
    <Asked
      number={number}
      why={why}
      name="Clear…"
      title="Clear this suspicion?"
      action="Clear suspicion"
      work={() => clearHere(number, { source, code })}
      onDone={() => did({ words: "The suspicion was cleared. It returns if there is new evidence." })}
    >
      <p>
        Clear it if it has been investigated and explained. It returns if there is new evidence. The audit log
        records who cleared it.
      </p>
    </Asked>
  );
}

/** Removes a deployment that no longer exists from the list. */
export function ForgetDeployment({
  number,
  source,
  why,
  name,
  back,
}: Props & { name: string; back: string }) {
  const router = useRouter();
  const { did } = useChanges();
  return (
    <Asked
      number={number}
      why={why}
      name="Forget…"
      title={`Forget ${name}?`}
      action="Forget deployment"
      work={() => forgetHere(number, source)}
      onDone={() => {
        did({ words: `${name} was forgotten.` });
        router.push(back, { scroll: false });
      }}
    >
      <p>It is removed from the list. Its minutes stay counted, and its assignments stay.</p>
      <p>If it was accepted for dual use, that is withdrawn.</p>
      <p>If it calls again, it appears as a new deployment.</p>
    </Asked>
  );
}

type AskedProps = {
  number: string;
  why: string | null;
  name: string;
  title: string;
  action: string;
  work: () => Promise<ActionResult<void>>;
  onDone: () => void;
  children: ReactNode;
};

function Asked({ number, why, name, title, action, work, onDone, children }: AskedProps) {
  const [isOpen, setOpen] = useState(false);
  const [refused, setRefused] = useState<RefusalNotice | null>(null);
  const [isPending, start] = useTransition();
  const queries = useQueryClient();
  const run = () =>
    start(async () => {
      const result = await orUnanswered(work());
      setRefused(result.ok ? null : result.refused);
      if (!result.ok) return;
      setOpen(false);
      onDone();
      await queries.invalidateQueries({ queryKey: ["deployments", number] });
    });
  return (
    <>
      <ActionButton variant="default" why={why} onClick={() => setOpen(true)}>
        {name}
      </ActionButton>
      <Dialog opened={isOpen} onClose={() => setOpen(false)} title={title}>
        {children}
        {refused ? <Problem of={refused} /> : null}
        <DialogActions>
          <Button variant="default" onClick={() => setOpen(false)} data-autofocus>
            Cancel
          </Button>
          <ActionButton loading={isPending} onClick={run}>
            {action}
          </ActionButton>
        </DialogActions>
      </Dialog>
    </>
  );
}
