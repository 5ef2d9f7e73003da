"use client";

import { counted } from "@/components/text/numbers";
import { StateBadge } from "@/components/ui/state-badge";
import { TextLink } from "@/components/ui/text-link";
import styles from "./dual-use.module.css";
import type { RequestPage } from "./listed-requests";
import { useRequests, waitingIn } from "./use-requests";

/** One line above the deployments, so that requests below them aren't missed; renders nothing if none waits. */
export function WaitingNotice({ number, first }: { number: string; first: RequestPage }) {
  const waiting = waitingIn(useRequests(number, first));
  if (waiting === 0) return null;
  return (
    <p className={styles.notice}>
      <StateBadge state="waiting">Waiting</StateBadge>
      <span>
        {counted(waiting, "deployment")} of another product {waiting === 1 ? "asks" : "ask"} to join.
      </span>
      <TextLink href="#dual-use">Decide</TextLink>
    </p>
  );
}
