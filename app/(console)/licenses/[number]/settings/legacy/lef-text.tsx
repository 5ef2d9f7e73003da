"use client";

import { Button, Textarea } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { CopyButton } from "@/components/ui/copy-button";
import { downloadText } from "@/components/ui/download-text";
import styles from "./legacy.module.css";

/** The LEF of a license, to copy into a product without a network or to download. */
export function LefText({ lef, number }: { lef: string; number: string }) {
  return (
    <div className={styles.shown}>
      <Textarea
        classNames={{ input: styles.text }}
        readOnly
        rows={8}
        spellCheck={false}
        aria-label="License file (LEF)"
        value={lef}
      />
      <div className={styles.ways}>
        <CopyButton text={lef}>Copy LEF</CopyButton>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} stroke={1.75} aria-hidden />}
          onClick={() => downloadText(lef, `${number}.lef`)}
        >
          Download LEF
        </Button>
      </div>
    </div>
  );
}
