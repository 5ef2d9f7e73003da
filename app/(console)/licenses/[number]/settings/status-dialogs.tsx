"use client";

import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { Dialog } from "@/components/dialog";
import { DialogActions } from "@/components/dialog-actions";
import { Problem } from "@/components/problem";
import { TypedConfirm } from "@/components/typed-confirm";
import { formatLicenseNumber } from "@/domain/license-number";
import { changeStatus } from "./actions";
import { type Status, useStatus } from "./use-status";

export type Stopping = "suspend" | "revoke" | null;

type Parts = { number: string; status: Status; seal: ReactNode; open: Stopping; onClose: () => void };

/** Asks before a license is suspended, and for its number before it is revoked. */
export function StatusDialogs({ number, status, seal, open, onClose }: Parts) {
  return (
    <>
      <SuspendDialog number={number} status={status} opened={open === "suspend"} onClose={onClose} />
      <TypedConfirm
        opened={open === "revoke"}
        onClose={onClose}
        title="Revoke this license"
        seal={seal}
        effect={
          <>
            <p>Every product of this license is refused from its next contact on, and every key of it.</p>
            <p>This cannot be undone. Suspend it instead if you may change your mind.</p>
          </>
        }
        asked={number}
        shown={formatLicenseNumber(number)}
        askedName="license number"
        action="Revoke license"
        onConfirm={() => changeStatus(number, { to: "revoked", was: status })}
      />
    </>
  );
}

type DialogParts = { number: string; status: Status; opened: boolean; onClose: () => void };

function SuspendDialog({ number, status, opened, onClose }: DialogParts) {
  const { refused, isPending, change } = useStatus(number, status, onClose);
  return (
    <Dialog opened={opened} onClose={onClose} title="Suspend this license?">
      <p>
        Every product of {formatLicenseNumber(number)} is refused from its next contact on, until it is
        resumed. Assignments and use stay as they are.
      </p>
      {refused ? <Problem of={refused} /> : null}
      <DialogActions>
        <Button variant="default" onClick={onClose} data-autofocus>
          Cancel
        </Button>
        <Button color="danger" loading={isPending} onClick={() => change("suspended")}>
          Suspend license
        </Button>
      </DialogActions>
    </Dialog>
  );
}
