import settings from "@/app/(console)/licenses/[number]/settings/settings.module.css";
import { Section } from "@/components/ui/section";
import { listExemptions, MOST_EXEMPTIONS } from "@/server/reclaim/exemptions";
import { AddExemption, RemoveExemption } from "./exemption-actions";
import styles from "./reclaim.module.css";
import { EXEMPTION_LABELS } from "./reclaim-labels";

type Props = { number: string; why: string | null };

/** The users whose seats no rule releases. */
export async function Exemptions({ number, why }: Props) {
  const { items: list } = await listExemptions(number, { limit: MOST_EXEMPTIONS });
  return (
    <Section
      title="Never release"
      id="never-release"
      hint="No rule releases the seats of these users. The list is stored encrypted."
      actions={<AddExemption number={number} why={why} />}
    >
      {list.length === 0 ? (
        <p className={styles.none}>Nobody is on the list yet.</p>
      ) : (
        <ul className={styles.list}>
          {list.map(({ id, kind, text }) => (
            <li key={id} className={`${settings.setting} ${styles.row}`}>
              <div className={settings.words}>
                <bdi className={settings.name}>{text}</bdi>
                <p>{EXEMPTION_LABELS[kind]}</p>
              </div>
              <RemoveExemption number={number} id={id} text={text} why={why} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
