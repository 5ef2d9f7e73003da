import { useClickOutside } from "@mantine/hooks";
import link from "./action-link.module.css";
import styles from "./columns-menu.module.css";

type Props<Id extends string> = {
  /** The name of the first column, which is always shown. */
  beside: string;
  columns: readonly { id: Id; name: string }[];
  shown: readonly Id[];
  set(shown: Id[]): void;
};

/** The menu to choose the columns of a list. */
export function ColumnsMenu<Id extends string>({ beside, columns, shown, set }: Props<Id>) {
  const menu = useClickOutside<HTMLDetailsElement>(() => close());
  const close = () => menu.current?.removeAttribute("open");
  const toggle = (id: Id) =>
    set(
      columns
        .map((column) => column.id)
        .filter((one) => (one === id ? !shown.includes(id) : shown.includes(one))),
    );
  return (
    <details
      ref={menu}
      className={styles.menu}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !menu.current?.open) return;
        event.stopPropagation();
        close();
        menu.current.querySelector("summary")?.focus();
      }}
    >
      <summary className={link.link}>Columns</summary>
      <fieldset>
        <legend>Columns next to {beside}</legend>
        {columns.map(({ id, name }) => (
          <label key={id}>
            <input type="checkbox" checked={shown.includes(id)} onChange={() => toggle(id)} />
            {name}
          </label>
        ))}
      </fieldset>
    </details>
  );
}
