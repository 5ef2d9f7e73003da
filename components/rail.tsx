"use client";

import { IconLicense } from "@tabler/icons-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { MouseEvent, ReactNode } from "react";
import styles from "./rail.module.css";

const SECTIONS = [{ href: "/licenses", name: "Licenses", Icon: IconLicense }];

/** The sections of the console, the one of this page marked; the name of the product above them. */
export function Rail({ label, children }: { label: string; children: ReactNode }) {
  const path = usePathname();
  return (
    <nav aria-label={label}>
      {children}
      <ul className={styles.list}>
        {SECTIONS.map(({ href, name, Icon }) => (
          <li key={href}>
            <Link
              className={styles.section}
              href={href}
              aria-current={isWithin(path, href) ? "page" : undefined}
              onClick={closeDrawer}
            >
              <Icon size={18} stroke={1.75} aria-hidden />
              <span>{name}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function isWithin(path: string, href: string): boolean {
  return path === href || path.startsWith(`${href}/`);
}

function closeDrawer({ currentTarget }: MouseEvent<HTMLElement>) {
  currentTarget.closest<HTMLElement>("[popover]")?.hidePopover();
}
