"use client";

import { Button, Checkbox } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { LeaveGuard } from "@/components/shell/leave-guard";
import { CopyButton } from "./copy-button";
import { downloadText } from "./download-text";
import styles from "./shown-secret.module.css";
import { TextLink } from "./text-link";

/** A secret shown once: its text, its file name, and what the person has to know about it. */
export type Shown = { text: string; fileName: string; lead: ReactNode };

type Props = { shown: Shown; isStored: boolean; onStored: (isStored: boolean) => void };

/** A secret with buttons to copy and download it, and a checkbox to confirm that it is stored. */
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

/** A secret as the result of a form's page. Leaving before it is stored asks for confirmation. */
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
