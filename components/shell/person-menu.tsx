import { IconHelpCircle, IconHistory, IconLogout, IconSettings, IconUser } from "@tabler/icons-react";
import { Link } from "@/components/ui/link";
import type { Role } from "@/domain/roles";
import styles from "./person-menu.module.css";
import { RECENT_CHANGES } from "./recent-changes-id";
import { RowChoice } from "./row-choice";
import { ThemeChoice } from "./theme-choice";
import { ZoneChip } from "./zone-chip";

export type Person = { name: string; role: Role };

const MENU = "person";

/** The menu with the signed-in person, the theme, and sign-out. It works without JavaScript. */
export function PersonMenu({ person, signOut }: { person: Person; signOut: () => Promise<void> }) {
  return (
    <>
      <button type="button" className={styles.open} popoverTarget={MENU} aria-label={`You: ${person.name}`}>
        <IconUser size={18} stroke={1.75} aria-hidden />
        <span className={styles.short}>{person.name}</span>
      </button>
      <div id={MENU} className={styles.menu} popover="auto">
        <p className={styles.name}>{person.name}</p>
        <p className={styles.role}>{person.role}</p>
        <button type="button" className={`${styles.item} ${styles.narrow}`} popoverTarget={RECENT_CHANGES}>
          <IconHistory size={18} stroke={1.75} aria-hidden />
          Recent changes
        </button>
        <div className={`${styles.zone} ${styles.narrow}`}>
          Times in
          <ZoneChip />
        </div>
        <ThemeChoice />
        <RowChoice />
        <Link className={styles.item} href="/account">
          <IconSettings size={18} stroke={1.75} aria-hidden />
          Account
        </Link>
        <Link className={styles.item} href="/help">
          <IconHelpCircle size={18} stroke={1.75} aria-hidden />
          Help
        </Link>
        <form action={signOut}>
          <button type="submit" className={styles.item}>
            <IconLogout size={18} stroke={1.75} aria-hidden />
            Sign out
          </button>
        </form>
      </div>
    </>
  );
}
