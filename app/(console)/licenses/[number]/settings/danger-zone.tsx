"use client";

import { Button } from "@mantine/core";
import { type ReactNode, useState, useTransition } from "react";
import { ActionButton } from "@/components/action-button";
import { Dialog } from "@/components/dialog";
import { DialogActions } from "@/components/dialog-actions";
import { Problem } from "@/components/problem";
import { TypedConfirm } from "@/components/typed-confirm";
import { formatLicenseNumber } from "@/domain/license-number";
import { changeStatus } from "./actions";
import styles from "./settings.module.css";

type Status = "active" | "suspended" | "revoked";
type Parts = { number: string; status: Status; seal: ReactNode; why: string | null };

const REVOKED = "This license was revoked, for good. Create another one.";

/** Suspending, which can be lifted, and revoking, which can not. */
export function DangerZone({ number, status, seal, why }: Parts) {
  const [open, setOpen] = useState<"suspend" | "revoke" | null>(null);
  const close = () => setOpen(null);
  const reason = why ?? (status === "revoked" ? REVOKED : null);
  return (
    <>
      <div className={styles.setting}>
        <div className={styles.words}>
          <span className={styles.name}>{status === "suspended" ? "Suspended" : "Suspend this license"}</span>
          <p>
            {status === "suspended"
              ? "Products are refused since it was suspended. Resume it, and they go on at their next contact."
              : "Products stop at their next contact, within 24 hours. It can be lifted at any time; nothing is lost."}
          </p>
        </div>
        {status === "suspended" ? (
          <Resume number={number} why={reason} />
        ) : (
          <ActionButton variant="default" why={reason} onClick={() => setOpen("suspend")}>
            Suspend license…
          </ActionButton>
        )}
      </div>
      <div className={styles.setting}>
        <div className={styles.words}>
          <span className={styles.name}>Revoke this license</span>
          <p>Products stop at their next contact, for good. Its history stays.</p>
        </div>
        <ActionButton color="danger" why={reason} onClick={() => setOpen("revoke")}>
          Revoke license…
        </ActionButton>
      </div>
      <SuspendDialog number={number} opened={open === "suspend"} onClose={close} />
      <TypedConfirm
        opened={open === "revoke"}
        onClose={close}
        title="Revoke this license"
        seal={seal}
        effect={
          <>
            <p>Every product of this license is refused from its next contact on, and every key of it.</p>
            <p>This can not be undone. Suspend it instead if you may change your mind.</p>
          </>
        }
        asked={number}
        shown={formatLicenseNumber(number)}
        askedName="license number"
        action="Revoke license"
        onConfirm={() => changeStatus(number, "revoked")}
      />
    </>
  );
}

function Resume({ number, why }: { number: string; why: string | null }) {
  const { refused, isPending, change } = useStatus(number);
  return (
    <>
      <ActionButton why={why} loading={isPending} onClick={() => change("active")}>
        Resume license
      </ActionButton>
      {refused ? (
        <p role="alert" className={styles.refused}>
          {refused}
        </p>
      ) : null}
    </>
  );
}

type DialogParts = { number: string; opened: boolean; onClose: () => void };

function SuspendDialog({ number, opened, onClose }: DialogParts) {
  const { refused, isPending, change } = useStatus(number, onClose);
  return (
    <Dialog opened={opened} onClose={onClose} title="Suspend this license?">
      <p>
        Every product of {formatLicenseNumber(number)} is refused from its next contact on, until it is
        resumed. Assignments and use stay as they are.
      </p>
      {refused ? <Problem>{refused}</Problem> : null}
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

function useStatus(number: string, onDone: () => void = () => {}) {
  const [refused, setRefused] = useState<string | null>(null);
  const [isPending, startTransition] = useTransition();
  const change = (status: Status) =>
    startTransition(async () => {
      const answer = await changeStatus(number, status);
      setRefused(answer.ok ? null : answer.refused.sentence);
      if (answer.ok) onDone();
    });
  return { refused, isPending, change };
}
