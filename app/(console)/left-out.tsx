import type { SearchParams } from "nuqs/server";
import styles from "./left-out.module.css";

/** How many of these filters an address says in a way that is not known here, and that was left out. */
export function unknownIn<Name extends string>(
  address: SearchParams,
  asked: Record<Name, unknown>,
  names: readonly Name[],
): number {
  return names.filter((name) => address[name] && String(asked[name]) !== String(address[name])).length;
}

/** Says that a link asks for something that the list does not know; nothing where it knows all. */
export function LeftOut({ filters }: { filters: number }) {
  if (filters === 0) return null;
  const [what, verb] = filters === 1 ? ["One filter", "is"] : [`${filters} filters`, "are"];
  return (
    <p className={styles.leftOut} role="status">
      {what} in this link {verb} not known here and {filters === 1 ? "was" : "were"} left out.
    </p>
  );
}
