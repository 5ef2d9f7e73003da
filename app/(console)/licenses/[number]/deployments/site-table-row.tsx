"use client";

import type { ReactNode } from "react";
import { count } from "@/components/numbers";
import { StateBadge } from "@/components/state-badge";
import { Cell, RowName } from "@/components/table";
import { When } from "@/components/when";
import type { SiteRow } from "./listed-sites";
import { Rename } from "./rename";
import type { SiteColumn } from "./site-columns";
import { clockWords, pulseWords, shareWords, siteBadges } from "./site-words";
import styles from "./sites.module.css";

type Parts = {
  number: string;
  row: SiteRow;
  columns: SiteColumn[];
  at: Date;
  href: string;
  isOpen: boolean;
  why: string | null;
};

export function SiteTableRow({ number, row, columns, at, href, isOpen, why }: Parts) {
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
            {cellOf(column.key, row, at)}
          </Cell>
        ),
      )}
    </tr>
  );
}

function cellOf(key: SiteColumn["key"], row: SiteRow, at: Date): ReactNode {
  const when = (time: string | null) => (time ? <When at={new Date(time)} now={at} /> : "never");
  switch (key) {
    case "state":
      return <Badges row={row} at={at} />;
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
      return clockWords(row.clockSkew);
    case "share":
      return shareWords(row.shares);
    case "name":
      return null;
  }
}

function Badges({ row, at }: { row: SiteRow; at: Date }) {
  const badges = siteBadges(row, at);
  if (badges.length === 0) return pulseWords(row.lastSeen, at);
  return (
    <span className={styles.badges}>
      {badges.map(({ state, words }) => (
        <StateBadge key={state} state={state}>
          {words}
        </StateBadge>
      ))}
    </span>
  );
}
