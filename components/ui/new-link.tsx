"use client";

import { IconPlus } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Link } from "./link";
import styles from "./new-link.module.css";
import { Tooltip } from "./tooltip";

type Props = {
  href: string;
  /** Why the person may not; null if they may. */
  why: string | null;
  icon?: ReactNode;
  children: string;
};

const PLUS = <IconPlus size={16} stroke={1.75} aria-hidden />;

/** The link of a list to create an entry, which the key `n` follows too; a button that explains itself for others. */
export function NewLink({ href, why, icon = PLUS, children }: Props) {
  if (why === null)
    return (
      <Link className={styles.link} href={href} data-new>
        {icon}
        {children}
      </Link>
    );
  return (
    <Tooltip text={why}>
      {(trigger, explain) => (
        <button {...trigger} type="button" className={styles.link} aria-disabled onClick={explain}>
          {icon}
          {children}
        </button>
      )}
    </Tooltip>
  );
}
