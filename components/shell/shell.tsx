import { IconMenu2 } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Link } from "@/components/ui/link";
import { Mark } from "./mark";
import { Paper } from "./paper";
import { type Person, PersonMenu } from "./person-menu";
import { Rail } from "./rail";
import { RecentChanges } from "./recent-changes";
import styles from "./shell.module.css";
import { StaleBar } from "./stale-bar";
import { ZoneChip } from "./zone-chip";

type Props = {
  person: Person;
  /** The host of the installation, for printed pages. */
  host: string;
  signOut: () => Promise<void>;
  /** The current customer and license, in the top bar. */
  crumb: ReactNode;
  /** The search button, in the top bar. */
  finder: ReactNode;
  /** The bell, in the top bar. */
  bell: ReactNode;
  /** Notices for every page, below the top bar. */
  notice: ReactNode;
  /** A notice about the whole installation, above the page; it scrolls away with it. */
  ribbon?: ReactNode;
  children: ReactNode;
};

const DRAWER = "sections";

/** The frame of every page of the console: navigation, top bar, and the page. */
export function Shell({ person, host, signOut, crumb, finder, bell, notice, ribbon, children }: Props) {
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#page">
        Skip to content
      </a>
      <div className={styles.rail} data-rail>
        <div className={styles.held}>
          <Rail label="Sections" role={person.role}>
            <Brand />
          </Rail>
        </div>
      </div>
      <header className={styles.bar}>
        <button type="button" className={styles.menu} popoverTarget={DRAWER} aria-label="Sections">
          <IconMenu2 size={18} stroke={1.75} aria-hidden />
        </button>
        <Link className={styles.start} href="/" aria-label="Signet, start">
          <Mark size={26} />
        </Link>
        <div className={styles.crumb}>{crumb}</div>
        {finder}
        <RecentChanges />
        {bell}
        <div className={styles.zone}>
          <ZoneChip />
        </div>
        <PersonMenu person={person} signOut={signOut} />
      </header>
      <div className={styles.notices}>
        {notice}
        <StaleBar />
      </div>
      <div className={styles.ribbon}>{ribbon}</div>
      <Paper host={host} rendered={new Date()} />
      <main id="page" className={styles.page} tabIndex={-1}>
        {children}
      </main>
      <div id={DRAWER} className={styles.drawer} popover="auto">
        <Rail label="All sections" role={person.role}>
          <Brand />
        </Rail>
      </div>
    </div>
  );
}

function Brand() {
  return (
    <Link className={styles.brand} href="/">
      <Mark size={26} />
      <span>Signet</span>
    </Link>
  );
}
