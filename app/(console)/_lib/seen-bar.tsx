import { IconEye } from "@tabler/icons-react";
import styles from "@/components/shell/notice-bar.module.css";
import { ROLE_LABELS } from "@/components/text/role-labels";
import { When } from "@/components/text/when";
import type { Principal } from "@/server/access/gate";
import { stopSeeing } from "./actions";

/**
 * Shows whose view of the console this is and until when, with a button to stop. The button works without JavaScript.
 */
export function SeenBar({ person: { id, name, role }, until }: { person: Principal; until: Date }) {
  return (
    <section aria-label="Seen as" className={styles.bar}>
      <IconEye size={18} stroke={1.75} aria-hidden />
      <p className={styles.words}>
        You're viewing this as <strong>{name}</strong>
        <span className={styles.more}>
          , {ROLE_LABELS[role].name.toLowerCase()}. You can't change anything. Ends{" "}
          <When at={until} now={new Date()} isNamed />.
        </span>
      </p>
      <form action={stopSeeing.bind(null, id)}>
        <button type="submit" className={styles.act}>
          Stop
        </button>
      </form>
    </section>
  );
}
