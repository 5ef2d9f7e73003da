"use client";

import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { CopyButton } from "@/components/ui/copy-button";
import { downloadText } from "@/components/ui/download-text";
import styles from "./key-text.module.css";

/** The text of a key, to select, copy or download. */
export function KeyText({ text, fileName }: { text: string; fileName: string }) {
  return (
    <div className={styles.key}>
      <code className={styles.text} data-key>
        {text}
      </code>
      <div className={styles.ways}>
        <CopyButton text={text}>Copy key</CopyButton>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} stroke={1.75} aria-hidden />}
          onClick={() => downloadText(text, fileName)}
        >
          Download .txt
        </Button>
      </div>
    </div>
  );
}
