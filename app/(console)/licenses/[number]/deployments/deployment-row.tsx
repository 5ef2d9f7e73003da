"use client";

import type { ReactNode } from "react";
import { useDateStyle } from "@/components/shell/date-style-provider";
import { count, counted, percent } from "@/components/text/numbers";
import { When } from "@/components/text/when";
import { Link } from "@/components/ui/link";
import { StateBadge } from "@/components/ui/state-badge";
import { Cell, RowName } from "@/components/ui/table";
import type { DeploymentColumn } from "./deployment-columns";
import { clockText, type DeploymentBadge, deploymentBadges, pulseLabel, shareOf } from "./deployment-labels";
import styles from "./deployments.module.css";
import type { DeploymentRow } from "./listed-deployments";
import { Rename } from "./rename";

type Props = {
  number: string;
  row: DeploymentRow;
  columns: DeploymentColumn[];
  at: Date;
  href: string;
  isOpen: boolean;
  why: string | null;
};

export function DeploymentTableRow({ number, row, columns, at, href, isOpen, why }: Props) {
  const { source, name } = row;
  return (
    <tr aria-current={isOpen ? "true" : undefined}>
      {columns.map((column) =>
        column.key === "name" ? (
          <RowName key="name">
            <Rename number={number} source={source} name={name} href={href} why={why} />
          </RowName>
        ) : (
          <Cell key={column.key} of={column}>
            {cellOf(column.key, row, { at, href })}
          </Cell>
        ),
      )}
    </tr>
  );
}

function cellOf(
  key: DeploymentColumn["key"],
  row: DeploymentRow,
  { at, href }: Pick<Props, "at" | "href">,
): ReactNode {
  const when = (time: string | null) => (time ? <When at={new Date(time)} now={at} /> : "never");
  switch (key) {
    case "state":
      return <Badges row={row} at={at} href={href} />;
    case "product":
      return row.product ? `${row.product} ${row.version ?? ""}` : "unknown";
    case "os":
      return row.os ?? "unknown";
    case "contact":
      return when(row.lastSeen);
    case "report":
      return when(row.lastReport);
    case "sync":
      return when(row.lastSync);
    case "behind":
      return row.behind === null ? "–" : count(row.behind);
    case "clock":
      return clockText(row.clockSkew);
    case "share":
      return <Share of={shareOf(row.shares)} />;
    case "name":
      return null;
  }
}

function Badges({ row, at, href }: Pick<Props, "row" | "at" | "href">) {
  const badges = deploymentBadges(row, at, useDateStyle());
  if (badges.length === 0) return pulseLabel(row.lastSeen, at);
  return (
    <span className={styles.badges}>
      {badges.map((badge) => (
        <Badge key={badge.state} {...badge} href={href} />
      ))}
    </span>
  );
}

function Badge({ state, words, why, more, href }: DeploymentBadge & { href: string }) {
  const badge = <StateBadge state={state}>{words}</StateBadge>;
  return (
    <>
      {why ? (
        <Link className={styles.why} href={href} scroll={false} title={why}>
          {badge}
        </Link>
      ) : (
        badge
      )}
      {more ? <span className={styles.hint}>{more}</span> : null}
    </>
  );
}

function Share({ of }: { of: ReturnType<typeof shareOf> }) {
  if (!of) return "–";
  return (
    <span className={styles.share} title={`${count(of.consumed)} of ${counted(of.total, "minute")}`}>
      {percent(of.consumed, of.total)}
      <svg width="100%" height="6" aria-hidden>
        <rect className={styles.track} width="100%" height="6" rx="2" />
        <rect
          className={styles.fill}
          width={`${(100 * of.consumed) / Math.max(1, of.total)}%`}
          height="6"
          rx="2"
        />
      </svg>
    </span>
  );
}
