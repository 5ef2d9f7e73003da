import styles from "@/app/(console)/directories/directories.module.css";
import { reachLabel } from "@/app/(console)/directories/directory-labels";
import { DirectoryMode } from "@/app/(console)/directories/directory-mode";
import { Definitions } from "@/app/(console)/licenses/[number]/figure";
import { count } from "@/components/text/numbers";
import { Day, When } from "@/components/text/when";
import { CopiedText } from "@/components/ui/copied-text";
import type { ScimConnection } from "@/server/scim/shown-connections";

type Props = { of: ScimConnection; customers: { id: string; name: string }[]; address: string; now: Date };

/** The settings and the state of a directory. */
export function DirectoryFacts({ of: connection, customers, address, now }: Props) {
  const { subject, users, inactive, lastUsed, expires, report } = connection;
  const names = new Map(customers.map(({ id, name }) => [id, name]));
  return (
    <section className={styles.facts} aria-label="Settings and state">
      <div>
        <DirectoryMode of={connection} now={now} />
        {report ? (
          <p className={styles.hint}>Seats stay as they are, and products can still assign them.</p>
        ) : null}
      </div>
      <Definitions
        of={[
          ["URL", <CopiedText key="url" text={address} name="URL" />],
          ["Licenses", reachLabel(connection, names)],
          ["Subject", <code key="subject">{subject}</code>],
          ["Users", inactive > 0 ? `${count(users)}, of which ${count(inactive)} inactive` : count(users)],
          ["Last request", lastUsed ? <When key="last" at={lastUsed} now={now} /> : "never"],
          ["Token expires", expires ? <Day key="expires" at={expires} /> : "never"],
        ]}
      />
    </section>
  );
}
