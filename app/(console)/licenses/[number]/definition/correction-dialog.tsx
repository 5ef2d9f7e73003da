"use client";

import { Button } from "@mantine/core";
import { useState } from "react";
import { overageText } from "@/components/text/allotment-labels";
import { count, counted } from "@/components/text/numbers";
import { monthText } from "@/components/text/when";
import { Dialog } from "@/components/ui/dialog";
import { DialogActions } from "@/components/ui/dialog-actions";
import { denied, type Grant } from "@/domain/consumption/quota";
import type { CorrectedMonth } from "@/domain/licenses/corrections";
import styles from "./correction-dialog.module.css";

type Props = { months: CorrectedMonth[] | null; onClose: () => void; onConfirm: () => void };

/** Shows how a correction changes the months that haven't ended, before it is saved. */
export function CorrectionDialog({ months, onClose, onConfirm }: Props) {
  const [shown, setShown] = useState(months);
  // The content stays while the dialog fades out.
  if (months && months !== shown) setShown(months);
  return (
    <Dialog opened={months !== null} onClose={onClose} title="Save as a correction">
      {shown ? (
        <>
          <p>
            This definition replaces the one now in force for every month that has not ended. Months that have
            ended stay as they are.
          </p>
          <ul className={styles.months}>
            {shown.length === 0 ? <li>No month's quota changes.</li> : null}
            {shown.map((row) => (
              <Month key={`${row.month} ${row.allotment}`} of={row} />
            ))}
          </ul>
          <DialogActions>
            <Button variant="default" onClick={onClose} data-autofocus>
              Cancel
            </Button>
            <Button
              onClick={() => {
                onClose();
                onConfirm();
              }}
            >
              Save as a correction
            </Button>
          </DialogActions>
        </>
      ) : null}
    </Dialog>
  );
}

function Month({ of: { month, allotment, before, after, booked } }: { of: CorrectedMonth }) {
  const stops = denied(after, booked) && !denied(before, booked);
  return (
    <li>
      <h3>
        {monthText(month)}, {allotment}
      </h3>
      <dl>
        <dt>Before</dt>
        <dd>{grantWords(before)}</dd>
        <dt>After</dt>
        <dd>{grantWords(after)}</dd>
        <dt>Used so far</dt>
        <dd>
          {counted(booked, "minute")}
          {stops ? ": products will deny access" : null}
        </dd>
      </dl>
    </li>
  );
}

function grantWords({ quota, overage }: Grant): string {
  return `Quota ${count(quota)}, overage ${overageText(overage)}`;
}
