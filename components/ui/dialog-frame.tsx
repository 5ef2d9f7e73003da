"use client";

import { Modal } from "@mantine/core";
import { type ReactNode, useEffect, useState } from "react";
import styles from "./dialog.module.css";

/** Opens after mounting, because only then does Mantine record the focus and restore it later. */
export function DialogFrame({ opened, onClose, title, size = "md", children }: DialogProps) {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => setOpen(opened), [opened]);
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={title}
      size={size}
      centered
      classNames={{
        inner: styles.inner,
        content: styles.content,
        header: styles.header,
        title: styles.title,
        body: styles.body,
        close: styles.close,
      }}
      overlayProps={{ className: styles.overlay }}
      // React lets events bubble to where the dialog is written, which can be inside another form.
      onSubmit={(event) => event.stopPropagation()}
      closeButtonProps={{ "aria-label": "Close" }}
      transitionProps={{ duration: 120 }}
    >
      {children}
    </Modal>
  );
}

export type DialogProps = {
  opened: boolean;
  onClose: () => void;
  title: string;
  size?: "md" | "lg" | "xl";
  children: ReactNode;
};
