/** Whether the connections of a process lead to where they led before. */
export type DatabaseWatch = {
  /** A new connection tells which database it leads to. */
  note(identity: string): void;
  /** Whether it changed at that moment or later: what was read before may be gone. */
  hasChangedSince(moment: number): boolean;
};

/** `onChange` runs when a connection leads to another database, or to another timeline of it, than the last one. */
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
