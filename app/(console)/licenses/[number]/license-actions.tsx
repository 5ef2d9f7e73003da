"use client";

import { IconDots } from "@tabler/icons-react";
import { usePathname } from "next/navigation";
import { type ReactNode, useRef, useState } from "react";
import { IssueLink } from "@/app/(console)/licenses/[number]/keys/issue-link";
import { StatusDialogs, type Stopping } from "@/app/(console)/licenses/[number]/settings/status-dialogs";
import { type Status, useStatus } from "@/app/(console)/licenses/[number]/settings/use-status";
import { RefusalMarks } from "@/components/forms/refusal-marks";
import { CopyButton } from "@/components/ui/copy-button";
import { Link } from "@/components/ui/link";
import { formatLicenseNumber } from "@/domain/licenses/license-number";
import styles from "./license-actions.module.css";

type Props = {
  number: string;
  status: Status;
  /** Whether the person may simulate products of this license. */
  isSimulated: boolean;
  whyNot: { issue: string | null; stop: string | null };
  seal: ReactNode;
};

const MENU = "license-actions";

/** The actions that every page of a license offers. */
export function LicenseActions({ number, whyNot, ...rest }: Props) {
  const isOverview = usePathname() === `/licenses/${number}`;
  return (
    <div className={styles.actions}>
      <CopyButton text={number} shifted={formatLicenseNumber(number)}>
        Copy number
      </CopyButton>
      {isOverview ? <IssueLink number={number} why={whyNot.issue} /> : null}
      <MoreActions number={number} whyNot={whyNot} {...rest} />
    </div>
  );
}

function MoreActions({ number, status, isSimulated, whyNot, seal }: Props) {
  const [open, setOpen] = useState<Stopping>(null);
  const menu = useRef<HTMLDivElement>(null);
  const { refused, isPending, change } = useStatus(number, status, () => menu.current?.hidePopover());
  const why = whyNot.stop ?? (status === "revoked" ? "This license was revoked permanently." : null);
  const ask = (stopping: Stopping) => {
    menu.current?.hidePopover();
    setOpen(stopping);
  };
  return (
    <>
      <button type="button" className={styles.open} popoverTarget={MENU} aria-label="More actions">
        <IconDots size={18} stroke={1.75} aria-hidden />
      </button>
      <div id={MENU} ref={menu} className={styles.menu} popover="auto">
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
        {why ? <p id={`${MENU}-why`}>{why}</p> : null}
        {refused ? (
          <p>
            <span role="alert">{refused.sentence}</span> <RefusalMarks of={refused} />
          </p>
        ) : null}
      </div>
      <StatusDialogs number={number} status={status} seal={seal} open={open} onClose={() => setOpen(null)} />
    </>
  );
}

type ItemProps = { why: string | null; onClick: () => void; children: ReactNode };

function Item({ why, onClick, children }: ItemProps) {
  return (
    <button
      type="button"
      className={styles.item}
      aria-disabled={why !== null}
      aria-describedby={why ? `${MENU}-why` : undefined}
      onClick={why ? undefined : onClick}
    >
      {children}
    </button>
  );
}
