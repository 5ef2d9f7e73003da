/** Whether the connections of a process still lead to the same database. */
export type DatabaseWatch = {
  /** Records the database that a new connection leads to. */
  note(identity: string): void;
  /** Whether it changed at that moment or later: data that was read before may not exist there. */
  hasChangedSince(moment: number): boolean;
};

/** `onChange` runs if a connection leads to another database, or to another timeline of it, than the last one. */
export function watchDatabase(onChange: () => void): DatabaseWatch {
  let known: string | null = null;
  let changedAt = Number.NEGATIVE_INFINITY;
  return {
    note(identity) {
      if (known !== null && identity !== known) {
        changedAt = performance.now();
        onChange();
      }
      known = identity;
    },
    hasChangedSince: (moment) => moment <= changedAt,
  };
}
