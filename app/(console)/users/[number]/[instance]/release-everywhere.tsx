"use client";

import { useState } from "react";
import { ReleaseDialog } from "@/app/(console)/users/release-dialog";
import { ActionButton } from "@/components/ui/action-button";

type Props = { subject: string; seats: number; why: string | null };

/** The button that releases the user from all licenses, and its dialog. */
export function ReleaseEverywhere({ subject, seats, why }: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <ActionButton
        why={why ?? (seats === 0 ? "This user holds no seat." : null)}
        onClick={() => setOpen(true)}
      >
        Release everywhere…
      </ActionButton>
      <ReleaseDialog subject={isOpen ? subject : null} why={why} close={() => setOpen(false)} />
    </>
  );
}
