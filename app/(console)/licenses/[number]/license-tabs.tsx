"use client";

import { IconChevronDown } from "@tabler/icons-react";
import { usePathname } from "next/navigation";
import type { MouseEvent } from "react";
import { LinkPending } from "@/components/shell/link-pending";
import { count } from "@/components/text/numbers";
import { Link } from "@/components/ui/link";
import { type Action, type Role, rightOf } from "@/domain/roles";
import styles from "./license-tabs.module.css";

type Tab = { segment: string; name: string; action: Action };

export const TABS: Tab[] = [
  { segment: "", name: "Overview", action: "licenses.read" },
  { segment: "/keys", name: "Keys", action: "keys.read" },
  { segment: "/definition", name: "Definition", action: "licenses.read" },
  { segment: "/capacity", name: "Capacity", action: "usage.read" },
  { segment: "/assignments", name: "Assignments", action: "assignments.read" },
  { segment: "/deployments", name: "Deployments", action: "deployments.read" },
  { segment: "/audit", name: "Audit", action: "audit.read" },
  { segment: "/settings", name: "Settings", action: "licenses.read" },
];

const MENU = "license-pages";

/** The note on a tab about what needs attention, by segment: `4 excess`, or only `4` where tabs have little room. */
export type Asks = Record<string, { state: "excess" | "waiting"; count: number } | undefined>;

/** The pages of a license: tabs, or below 768 px a menu that the name of the current page opens. */
export function LicenseTabs({ number, role, asks }: { number: string; role: Role; asks: Asks }) {
  const path = usePathname();
  const base = `/licenses/${number}`;
  const seen = TABS.filter(({ action }) => rightOf(role, action) !== "hidden");
  const here = seen.find(({ segment }) => isHere(path, base, segment));
  return (
    <nav aria-label="License" className={styles.nav}>
      <button type="button" className={styles.open} popoverTarget={MENU}>
        {here?.name ?? "Pages"}
        <IconChevronDown size={15} stroke={2} aria-hidden />
      </button>
      <ul id={MENU} className={styles.tabs} popover="auto">
        {seen.map((tab) => (
          <li key={tab.segment}>
            <Link
              href={base + tab.segment}
              aria-current={tab === here ? "page" : undefined}
              onClick={closeMenu}
            >
              {tab.name}
              <Ask of={asks[tab.segment]} />
              <LinkPending />
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Ask({ of: ask }: { of: Asks[string] }) {
  if (!ask) return null;
  return (
    <span className={styles.asks} data-state={ask.state}>
      {count(ask.count)} <span className={styles.what}>{ask.state}</span>
    </span>
  );
}

/** A page below a tab's own path belongs to the tab, except for the overview, whose path is the base of all. */
function isHere(path: string, base: string, segment: string): boolean {
  const own = base + segment;
  return path === own || (segment !== "" && path.startsWith(`${own}/`));
}

function closeMenu({ currentTarget }: MouseEvent<HTMLElement>) {
  currentTarget.closest<HTMLElement>(":popover-open")?.hidePopover();
}
