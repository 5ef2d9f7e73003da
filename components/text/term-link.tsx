"use client";

import { Tooltip } from "@mantine/core";
import { type ReactNode, useId } from "react";
import { Link } from "@/components/ui/link";
import styles from "./term.module.css";

type Props = { id: string; means: string; children: ReactNode };

export function TermLink({ id, means, children }: Props) {
  const description = useId();
  return (
    <>
      <Tooltip
        label={means}
        multiline
        maw={320}
        closeDelay={120}
        interactive
        events={{ hover: true, focus: true, touch: false }}
      >
        <Link className={styles.term} href={`/help/terms#${id}`} aria-describedby={description}>
          {children}
        </Link>
      </Tooltip>
      <span id={description} hidden>
        {means}
      </span>
    </>
  );
}
