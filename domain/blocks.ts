/** `active` minutes were used now, after `activeBefore` earlier ones of the same session; `block` is in minutes. */
export type SessionTime = { activeBefore: number; active: number; block: number };

/** How many blocks are begun by so many active minutes: 26 at a block of 6 are 5. */
export function blocksFor(minutes: number, block: number): number {
  return Math.ceil(minutes / block);
}

/** The minutes to charge now: the blocks begun since the last call, each whole and charged once in a session. */
export function chargeBlocks({ activeBefore, active, block }: SessionTime): number {
  return (blocksFor(activeBefore + active, block) - blocksFor(activeBefore, block)) * block;
}
