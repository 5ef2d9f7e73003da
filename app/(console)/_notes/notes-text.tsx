import type { Notes } from "@/domain/licenses/notes";
import styles from "./notes.module.css";

/** Notes as text, for those who can't change them. */
export function NotesText({ notes: { contractNumber, contact, text, metadata } }: { notes: Notes }) {
  const facts = [
    ["Contract number", contractNumber],
    ["Contact", contact],
    ["Notes", text],
    ...Object.entries(metadata),
  ].filter(([, value]) => value !== "");
  if (facts.length === 0) return <p className={styles.none}>No notes yet.</p>;
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
