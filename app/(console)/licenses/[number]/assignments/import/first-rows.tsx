import type { ImportColumns } from "@/domain/assignments/import-columns";
import { columnLetter } from "./column-names";
import styles from "./columns.module.css";

type Props = { rows: readonly string[][]; columns: ImportColumns; width: number };

/** The first rows of a file, with the detected meaning of each column. */
export function FirstRows({ rows, columns, width }: Props) {
  const letters = Array.from({ length: width }, (_, column) => column);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach it
    <section className={styles.scroll} tabIndex={0} aria-label="First rows of the file">
      <table className={styles.first}>
        <thead>
          <tr>
            <th scope="col">Row</th>
            {letters.map((column) => (
              <th key={column} scope="col" data-used={roleOf(column, columns) !== ""}>
                {columnLetter(column)} <span>{roleOf(column, columns)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is identified by its number
            <tr key={at} data-skipped={at + 1 < columns.first}>
              <th scope="row">
                {at + 1}
                {at + 1 < columns.first ? <span> skipped</span> : null}
              </th>
              {letters.map((column) => (
                <td key={column} data-used={roleOf(column, columns) !== ""}>
                  <bdi title={row[column]}>{row[column]}</bdi>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function roleOf(column: number, { user, directory, allotment }: ImportColumns): string {
  const roles = [
    column === directory ? "Directory" : [],
    column === user ? "User" : [],
    column === allotment ? "Allotment" : [],
  ];
  return roles.flat().join(", ");
}
