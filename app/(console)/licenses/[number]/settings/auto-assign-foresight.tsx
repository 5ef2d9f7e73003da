"use client";

import { useState } from "react";
import { AutoAssignDialog } from "@/app/(console)/licenses/[number]/assignments/_list/auto-assign-dialog";
import { ActionButton } from "@/components/ui/action-button";
import type { AutoAssign } from "@/domain/assignments/auto-assign";

type Props = { number: string; current: AutoAssign; why: string | null };

/** Previews the effect of the auto-assign switches before one is changed. */
export function AutoAssignForesight({ number, current, why }: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <ActionButton variant="default" why={why} onClick={() => setOpen(true)}>
        Preview auto-assign…
      </ActionButton>
      <AutoAssignDialog
        key={`${current.professional} ${current.analyzer}`}
        number={number}
        isOpen={isOpen}
        close={() => setOpen(false)}
        current={current}
      />
    </>
  );
}
