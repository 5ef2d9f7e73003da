"use client";

import type { ReactNode } from "react";
import { Link } from "@/components/ui/link";
import { Tooltip } from "@/components/ui/tooltip";
import styles from "./term.module.css";

type Props = { id: string; means: string; children: ReactNode };

export function TermLink({ id, means, children }: Props) {
  return (
    <Tooltip text={means}>
      {(trigger) => (
        <Link className={styles.term} href={`/help/terms#${id}`} {...trigger}>
          {children}
        </Link>
      )}
    </Tooltip>
  );
}
