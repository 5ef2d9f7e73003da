"use client";

import { useState } from "react";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import { type Bulk, BulkDialog } from "@/app/(console)/licenses/[number]/assignments/_list/bulk-dialog";
import { changedLabel } from "@/app/(console)/licenses/[number]/assignments/_list/changed-labels";
import { convert, release } from "@/app/(console)/licenses/[number]/assignments/actions";
import { useUsersAgain } from "@/app/(console)/users/use-users";
import type { RefusalNotice } from "@/components/forms/refusal-notice";
import { orUnanswered } from "@/components/forms/unanswered";
import { useChanges } from "@/components/shell/changes";
import { useRefresh } from "@/components/shell/use-refresh";
import { ActionButton } from "@/components/ui/action-button";
import { Problem } from "@/components/ui/problem";
import type { SeatsChanged } from "@/server/assignments/changes/seat-results";
import styles from "./user.module.css";

type Props = {
  seat: { license: string; instance: string; allotment: string };
  /** The allotments that the user can be moved to. */
  into: string[];
  why: string | null;
};

/** Converts or releases one seat of the user, as the list of its license does. */
export function SeatActions({ seat, into, why }: Props) {
  const { license, instance, allotment } = seat;
  const selection = { instances: [instance] };
  const [bulk, setBulk] = useState<Bulk | null>(null);
  const { refused, isPending, settle } = useSettling(license);
  const noOther = into.length === 0 ? `This license has no other allotment for ${allotment} users.` : null;
  return (
    <span className={styles.actions}>
      <ActionButton
        variant="default"
        size="compact-sm"
        why={why ?? noOther}
        aria-label={`Convert the ${allotment} seat…`}
        onClick={() => setBulk({ kind: "convert", target: { selection, rows: [], size: 1 } })}
      >
        Convert…
      </ActionButton>
      <ActionButton
        variant="default"
        size="compact-sm"
        why={why}
        loading={isPending}
        aria-label={`Release the ${allotment} seat`}
        onClick={() => settle(release(license, selection), "Released", ` from ${allotment}`)}
      >
        Release
      </ActionButton>
      {refused ? <Problem of={refused} /> : null}
      <BulkDialog
        number={license}
        bulk={bulk}
        allotments={into}
        close={() => setBulk(null)}
        go={(_, chosen) => {
          setBulk(null);
          void settle(convert(license, selection, chosen), "Converted", ` to ${chosen}`);
        }}
      />
    </span>
  );
}

/** Waits for a change, and says what it did or why it was refused. */
function useSettling(license: string) {
  const [refused, setRefused] = useState<RefusalNotice | null>(null);
  const [isPending, setPending] = useState(false);
  const { did } = useChanges();
  const refresh = useRefresh();
  const readAgain = useUsersAgain();
  const settle = async (sent: Promise<ActionResult<SeatsChanged>>, verb: string, tail: string) => {
    setPending(true);
    const result = await orUnanswered(sent);
    setPending(false);
    setRefused(result.ok ? null : result.refused);
    if (!result.ok) return;
    const { undo } = result.did;
    did({
      words: changedLabel(result.did, verb, tail),
      undo: undo ? { license, sealed: undo } : undefined,
    });
    void refresh();
    await readAgain();
  };
  return { refused, isPending, settle };
}
