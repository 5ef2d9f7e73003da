"use client";

import { Button, Checkbox } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { LeaveGuard } from "@/components/shell/leave-guard";
import { CopyButton } from "./copy-button";
import { downloadText } from "./download-text";
import styles from "./shown-secret.module.css";
import { TextLink } from "./text-link";

/** What is shown once: a text, the file it is saved as, and what one has to know of it. */
export type Shown = { text: string; fileName: string; lead: ReactNode };

type Props = { shown: Shown; isStored: boolean; onStored: (isStored: boolean) => void };

/** A secret with the ways to keep it: copy, download, and the word of its reader that it is kept. */
export function ShownSecret({ shown: { text, fileName, lead }, isStored, onStored }: Props) {
  return (
    <div className={styles.secret}>
      <div className={styles.lead}>{lead}</div>
      <code className={styles.text} data-autofocus tabIndex={-1}>
        {text}
      </code>
      <div className={styles.ways}>
        <CopyButton text={text}>Copy</CopyButton>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} stroke={1.75} aria-hidden />}
          onClick={() => downloadText(`${text}\n`, fileName)}
        >
          Download
        </Button>
      </div>
      <Checkbox
        label="I have stored it"
        checked={isStored}
        onChange={({ currentTarget }) => onStored(currentTarget.checked)}
      />
    </div>
  );
}

type PageProps = { title: string; shown: Shown; done: { href: string; name: string } };

/** A secret as what came out of a page's form. Leaving before it is stored asks first. */
export function ShownPage({ title, shown, done }: PageProps) {
  const [isStored, setStored] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className={styles.page}>
      <h2 ref={heading} tabIndex={-1}>
        {title}
      </h2>
      <ShownSecret shown={shown} isStored={isStored} onStored={setStored} />
      <TextLink href={done.href}>{done.name}</TextLink>
      <LeaveGuard
        when={!isStored}
        what="It can't be shown again, and you haven't confirmed that you stored it."
      />
    </section>
  );
}
