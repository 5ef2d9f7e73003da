"use client";

import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { TypedConfirm } from "@/components/forms/typed-confirm";
import { Dialog } from "@/components/ui/dialog";
import { DialogActions } from "@/components/ui/dialog-actions";
import { Problem } from "@/components/ui/problem";
import { formatLicenseNumber } from "@/domain/licenses/license-number";
import { changeStatus } from "./actions";
import { type Status, useStatus } from "./use-status";

export type Stopping = "suspend" | "revoke" | null;

type Props = { number: string; status: Status; seal: ReactNode; open: Stopping; onClose: () => void };

/** Confirms a suspension; a revocation also requires typing the license number. */
export function StatusDialogs({ number, status, seal, open, onClose }: Props) {
  return (
    <>
      <SuspendDialog number={number} status={status} opened={open === "suspend"} onClose={onClose} />
      <TypedConfirm
        opened={open === "revoke"}
        onClose={onClose}
        title="Revoke this license?"
        seal={seal}
        effect={
          <>
            <p>All products and keys of this license are refused from their next contact.</p>
            <p>This can't be undone. Suspend it instead if you may change your mind.</p>
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

type DialogProps = { number: string; status: Status; opened: boolean; onClose: () => void };

function SuspendDialog({ number, status, opened, onClose }: DialogProps) {
  const { refused, isPending, change } = useStatus(number, status, onClose);
  return (
    <Dialog opened={opened} onClose={onClose} title="Suspend this license?">
      <p>
        All products of {formatLicenseNumber(number)} are refused from their next contact until you resume it.
        Assignments and usage are kept.
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
