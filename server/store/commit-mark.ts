import { AsyncLocalStorage } from "node:async_hooks";
import { perProcess } from "./per-process";
import { changesData } from "./statement-result";

/**
 * A statement that every transaction of a piece of work runs before its commit. If it changes no row, somebody else
 * does the work now: the transaction fails with `lost`, and nothing of it is left.
 */
export type CommitMark = { text: string; values: string[]; lost(): Error };

const marks = () => perProcess("commit-marks", () => new AsyncLocalStorage<CommitMark>());

/** Runs work whose transactions set the mark, if they change anything: then the mark tells whether one was committed. */
export function withCommitMark<T>(mark: CommitMark, work: () => Promise<T>): Promise<T> {
  return marks().run(mark, work);
}

/** Watches the statements of a transaction, and sets the mark before its commit. */
export function markedTransaction(): {
  note(text: string): void;
  beforeCommit(run: (mark: CommitMark) => Promise<number>): Promise<void>;
} {
  const mark = marks().getStore();
  let hasChanged = false;
  return {
    note(text) {
      hasChanged ||= mark !== undefined && changesData(text);
    },
    async beforeCommit(run) {
      if (!mark || !hasChanged) return;
      if ((await run(mark)) !== 1) throw mark.lost();
    },
  };
}
