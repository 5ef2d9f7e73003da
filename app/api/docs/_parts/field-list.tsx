import type { Document, Schema } from "@/api/documentation";
import styles from "./field-list.module.css";
import { fieldRows } from "./field-rows";
import { inline } from "./marked";

/** The fields of a body, those of inner objects below them. */
export function FieldList({ document, schema }: { document: Document; schema: Schema }) {
  const rows = fieldRows(document, schema);
  if (rows.length === 0) return null;
  return (
    <ul className={styles.fields}>
      {rows.map(({ name, path, depth, type, isRequired, description }) => (
        <li key={path} data-depth={depth}>
          <p className={styles.head}>
            <code className={styles.name}>{name}</code>
            <span className={styles.type}>{type}</span>
            {isRequired ? null : <span className={styles.type}>optional</span>}
          </p>
          {description ? <p className={styles.about}>{inline(description)}</p> : null}
        </li>
      ))}
    </ul>
  );
}
