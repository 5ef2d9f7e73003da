/** Where checkpoints are kept, apart from the store. Its errors are sentences. */
export type CheckpointArchive = {
  /** As `AUDIT_CHECKPOINTS` names it. */
  name: string;
  write(checkpoint: string, text: string): Promise<void>;
  /** The names of what it holds, in any order. */
  list(): Promise<string[]>;
  read(checkpoint: string): Promise<string>;
};
