import styles from "./columns-menu.module.css";
import { DetailsMenu } from "./details-menu";

type Props<Id extends string> = {
  /** The name of the first column, which is always shown. */
  beside: string;
  columns: readonly { id: Id; name: string }[];
  shown: readonly Id[];
  set(shown: Id[]): void;
};

/** The menu to choose the columns of a list. */
export function ColumnsMenu<Id extends string>(choices: Props<Id>) {
  return (
    <div className={styles.menu}>
      <DetailsMenu name="Columns">
        <ColumnChoices {...choices} />
      </DetailsMenu>
    </div>
  );
}

/** The columns of a list, each with a checkbox. */
export function ColumnChoices<Id extends string>({ beside, columns, shown, set }: Props<Id>) {
  const toggle = (id: Id) =>
    set(
      columns
        .map((column) => column.id)
        .filter((one) => (one === id ? !shown.includes(id) : shown.includes(one))),
    );
  return (
    <fieldset className={styles.choices}>
      <legend>Columns next to {beside}</legend>
      {columns.map(({ id, name }) => (
        <label key={id}>
          <input type="checkbox" checked={shown.includes(id)} onChange={() => toggle(id)} />
          {name}
        </label>
      ))}
    </fieldset>
  );
}
