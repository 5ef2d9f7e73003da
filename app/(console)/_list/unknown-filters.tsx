import styles from "./unknown-filters.module.css";

/** Says that a link contains filters that the list doesn't know; renders nothing if it knows them all. */
export function UnknownFilters({ filters }: { filters: number }) {
  if (filters === 0) return null;
  const [what, verb] = filters === 1 ? ["One filter", "is"] : [`${filters} filters`, "are"];
  return (
    <p className={styles.leftOut} role="status">
      {what} in this link {verb} unknown and {filters === 1 ? "was" : "were"} ignored.
    </p>
  );
}
