import { useClickOutside } from "@mantine/hooks";
import link from "@/components/action-link.module.css";
import styles from "./columns-menu.module.css";
import { COLUMN_IDS, type ColumnId } from "./search-params";
import { SEAT_COLUMNS } from "./seat-columns";

type Parts = { columns: readonly ColumnId[]; set(columns: ColumnId[]): void };

/** Which columns stand beside the subject. */
export function ColumnsMenu({ columns, set }: Parts) {
  const menu = useClickOutside<HTMLDetailsElement>(() => close());
  const close = () => menu.current?.removeAttribute("open");
  const toggle = (id: ColumnId) =>
    set(COLUMN_IDS.filter((one) => (one === id ? !columns.includes(id) : columns.includes(one))));
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
        <legend>Columns beside the subject</legend>
        {COLUMN_IDS.map((id) => (
          <label key={id}>
            <input type="checkbox" checked={columns.includes(id)} onChange={() => toggle(id)} />
            {SEAT_COLUMNS[id].name}
          </label>
        ))}
      </fieldset>
    </details>
  );
}
