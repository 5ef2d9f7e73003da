/** `active` minutes were used now, after `activeBefore` earlier minutes of the same session; `block` is in minutes. */
export type SessionTime = { activeBefore: number; active: number; block: number };

/** The number of blocks that so many active minutes begin: 26 minutes with a block of 6 are 5 blocks. */
export function blocksFor(minutes: number, block: number): number {
  return Math.ceil(minutes / block);
}

/** The minutes to charge now: the blocks begun since the last call, each in full and once per session. */
export function chargeBlocks({ activeBefore, active, block }: SessionTime): number {
  return (blocksFor(activeBefore + active, block) - blocksFor(activeBefore, block)) * block;
}
