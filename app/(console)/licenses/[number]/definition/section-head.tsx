import { Button } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import styles from "./allotment-fields.module.css";

/** The heading of a part of a definition: its name, its kind, and a button to remove it. */
export function SectionHead({ name, kind, onRemove }: { name: string; kind: string; onRemove: () => void }) {
  return (
    <div className={styles.head}>
      <h3>{name}</h3>
      <span>{kind}</span>
      <Button
        variant="subtle"
        size="compact-sm"
        className={styles.remove}
        aria-label={`Remove ${name}`}
        onClick={onRemove}
      >
        <IconX size={16} stroke={1.75} aria-hidden />
      </Button>
    </div>
  );
}
