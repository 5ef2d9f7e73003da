import { Button } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import styles from "./allotment-fields.module.css";

/** The head of one part of a definition: its name, what it is, and the way to take it out. */
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
