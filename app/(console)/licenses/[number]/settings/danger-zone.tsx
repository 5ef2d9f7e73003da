"use client";

import { type ReactNode, useState } from "react";
import { RefusalMarks } from "@/components/forms/refusal-marks";
import { ActionButton } from "@/components/ui/action-button";
import styles from "./settings.module.css";
import { StatusDialogs, type Stopping } from "./status-dialogs";
import { type Status, useStatus } from "./use-status";

type Props = { number: string; status: Status; seal: ReactNode; why: string | null };

const REVOKED = "This license was revoked permanently. Create another one.";

/** Suspending, which can be lifted, and revoking, which can't. */
export function DangerZone({ number, status, seal, why }: Props) {
  const [open, setOpen] = useState<Stopping>(null);
  const close = () => setOpen(null);
  const reason = why ?? (status === "revoked" ? REVOKED : null);
  return (
    <>
      <div className={styles.setting}>
        <div className={styles.words}>
          <span className={styles.name}>{status === "suspended" ? "Suspended" : "Suspend this license"}</span>
          <p>
            {status === "suspended"
              ? "Products are refused while it is suspended. Once you resume it, they continue at their next contact."
              : "Products stop at their next contact, within 24 hours. You can resume it at any time; nothing is lost."}
          </p>
        </div>
        {status === "suspended" ? (
          <Resume number={number} status={status} why={reason} />
        ) : (
          <ActionButton variant="default" why={reason} onClick={() => setOpen("suspend")}>
            Suspend license…
          </ActionButton>
        )}
      </div>
      <div className={styles.setting}>
        <div className={styles.words}>
          <span className={styles.name}>Revoke this license</span>
          <p>Products stop permanently at their next contact. The license's history is kept.</p>
        </div>
        <ActionButton color="danger" why={reason} onClick={() => setOpen("revoke")}>
          Revoke license…
        </ActionButton>
      </div>
      <StatusDialogs number={number} status={status} seal={seal} open={open} onClose={close} />
    </>
  );
}

function Resume({ number, status, why }: Pick<Props, "number" | "status" | "why">) {
  const { refused, isPending, change } = useStatus(number, status);
  return (
    <>
      <ActionButton why={why} loading={isPending} onClick={() => change("active")}>
        Resume license
      </ActionButton>
      {refused ? (
        <p className={styles.refused}>
          <span role="alert">{refused.sentence}</span> <RefusalMarks of={refused} />
        </p>
      ) : null}
    </>
  );
}
