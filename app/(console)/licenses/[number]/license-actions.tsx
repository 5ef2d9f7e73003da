"use client";

import { IconDots } from "@tabler/icons-react";
import { type ReactNode, useId, useRef, useState } from "react";
import { useChangeDialog } from "@/app/(console)/licenses/[number]/definition/_dialogs/change-params";
import { StatusDialogs, type Stopping } from "@/app/(console)/licenses/[number]/settings/status-dialogs";
import { type Status, useStatus } from "@/app/(console)/licenses/[number]/settings/use-status";
import { RefusalMarks } from "@/components/forms/refusal-marks";
import { Link } from "@/components/ui/link";
import styles from "./license-actions.module.css";

type Props = {
  number: string;
  status: Status;
  /** Whether the person may simulate products of this license. */
  isSimulated: boolean;
  /** The allotment that *Raise units* offers first; null if the license has none. */
  raised: string | null;
  whyNot: { renew: string | null; change: string | null };
  seal: ReactNode;
};

const MENU = "license-actions";

/** The actions that every page of a license offers. */
export function LicenseActions({ number, status, isSimulated, raised, whyNot, seal }: Props) {
  const [open, setOpen] = useState<Stopping>(null);
  const menu = useRef<HTMLDivElement>(null);
  const { openRaise, openRenew } = useChangeDialog();
  const { refused, isPending, change } = useStatus(number, status, () => menu.current?.hidePopover());
  const why = whyNot.change ?? (status === "revoked" ? "This license was revoked permanently." : null);
  const then = (work: () => void) => {
    menu.current?.hidePopover();
    work();
  };
  const ask = (stopping: Stopping) => then(() => setOpen(stopping));
  return (
    <div className={styles.actions}>
      <button type="button" className={styles.open} popoverTarget={MENU} aria-label="More actions">
        <IconDots size={18} stroke={1.75} aria-hidden />
      </button>
      <div id={MENU} ref={menu} className={styles.menu} popover="auto">
        {raised === null ? null : (
          <Item why={whyNot.change} onClick={() => then(() => openRaise(raised))}>
            Raise units…
          </Item>
        )}
        <Item why={whyNot.renew} onClick={() => then(openRenew)}>
          Renew license…
        </Item>
        {isSimulated ? (
          <Link
            href={`/licenses/${number}/simulate`}
            className={styles.item}
            onClick={() => menu.current?.hidePopover()}
          >
            Simulate a deployment
          </Link>
        ) : null}
        {status === "suspended" ? (
          <Item why={why} onClick={() => change("active")}>
            {isPending ? "Resuming…" : "Resume license"}
          </Item>
        ) : (
          <Item why={why} onClick={() => ask("suspend")}>
            Suspend license…
          </Item>
        )}
        <Item why={why} onClick={() => ask("revoke")}>
          Revoke license…
        </Item>
        {refused ? (
          <p>
            <span role="alert">{refused.sentence}</span> <RefusalMarks of={refused} />
          </p>
        ) : null}
      </div>
      <StatusDialogs number={number} status={status} seal={seal} open={open} onClose={() => setOpen(null)} />
    </div>
  );
}

type ItemProps = { why: string | null; onClick: () => void; children: ReactNode };

function Item({ why, onClick, children }: ItemProps) {
  const reason = useId();
  return (
    <>
      <button
        type="button"
        className={styles.item}
        aria-disabled={why !== null}
        aria-describedby={why ? reason : undefined}
        onClick={why ? undefined : onClick}
      >
        {children}
      </button>
      {why ? <p id={reason}>{why}</p> : null}
    </>
  );
}
