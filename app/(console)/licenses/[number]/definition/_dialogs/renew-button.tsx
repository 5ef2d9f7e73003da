"use client";

import { ActionButton } from "@/components/ui/action-button";
import { useChangeDialog } from "./change-params";

/** Opens the dialog to renew the license; `why` it can't be renewed. */
export function RenewButton({ why }: { why: string | null }) {
  const { openRenew } = useChangeDialog();
  return (
    <ActionButton variant="default" why={why} onClick={openRenew}>
      Renew
    </ActionButton>
  );
}
