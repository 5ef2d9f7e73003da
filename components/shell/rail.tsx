"use client";

import { usePathname } from "next/navigation";
import { type MouseEvent, type ReactNode, useId } from "react";
import { Link } from "@/components/ui/link";
import { type Role, rightOf } from "@/domain/roles";
import { LinkPending } from "./link-pending";
import styles from "./rail.module.css";
import { SECTIONS, type Section } from "./sections";

type Props = { label: string; role: Role; children: ReactNode };

/** The navigation: the product name, and the sections that a role may see, with the current one marked. */
export function Rail({ label, role, children }: Props) {
  return (
    <nav aria-label={label}>
      {children}
      {SECTIONS.map(({ group, sections }) => {
        const seen = sections.filter(({ action }) => rightOf(role, action) !== "hidden");
        return seen.length > 0 ? <Group key={group} name={group} sections={seen} /> : null;
      })}
    </nav>
  );
}

function Group({ name, sections }: { name: string | null; sections: Section[] }) {
  const path = usePathname();
  const title = useId();
  return (
    <>
      {name ? (
        <p id={title} className={styles.group}>
          {name}
        </p>
      ) : null}
      <ul className={styles.list} aria-labelledby={name ? title : undefined}>
        {sections.map(({ href, name, Icon }) => (
          <li key={href}>
            <Link
              className={styles.section}
              href={href}
              aria-current={isWithin(path, href) ? "page" : undefined}
              onClick={closeDrawer}
            >
              <Icon size={18} stroke={1.75} aria-hidden />
              <span>{name}</span>
              <LinkPending />
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}

function isWithin(path: string, href: string): boolean {
  return path === href || (href !== "/" && path.startsWith(`${href}/`));
}

function closeDrawer({ currentTarget }: MouseEvent<HTMLElement>) {
  currentTarget.closest<HTMLElement>("[popover]")?.hidePopover();
}
