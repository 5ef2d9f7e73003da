/** What the clocks of a machine show, in milliseconds: the wall clock, which people set, and one that only runs on. */
export type Reading = { wall: number; ticks: number };

/** What an agent knows of the time. */
export type Time = {
  /** The greatest time ever seen, at `ticks`. */
  greatest: number;
  ticks: number;
  /** How far the backend's clock is ahead of this machine's, as the last signed answer showed. */
  ahead: number;
  /** When the latest signed answer was made, by the backend's clock. */
  signedAt: number | null;
  /** Whether the wall clock jumped since, or may have: then only a signed answer can tell the time. */
  doubtful: boolean;
};

const JUMP_MS = 60_000;

export function firstTime({ wall, ticks }: Reading): Time {
  return { greatest: wall, ticks, ahead: 0, signedAt: null, doubtful: true };
}

/** Now, by the backend's clock: a wall clock that is set back does not turn it back, and it runs on when one stands. */
export function nowOf(time: Time, { wall, ticks }: Reading): number {
  return Math.max(time.greatest + Math.max(0, ticks - time.ticks), wall + time.ahead);
}

export function observed(time: Time, reading: Reading): Time {
  const expected = time.greatest + reading.ticks - time.ticks;
  const doubtful = time.doubtful || Math.abs(reading.wall + time.ahead - expected) > JUMP_MS;
  return { ...time, greatest: nowOf(time, reading), ticks: reading.ticks, doubtful };
}

/** A signed answer tells the time: the one thing that can also turn it back. */
export function anchored(serverTime: number, { wall, ticks }: Reading): Time {
  return { greatest: serverTime, ticks, ahead: serverTime - wall, signedAt: serverTime, doubtful: false };
}

/** The same after a restart, in which the running clock began again. */
export function resumed(time: Time, reading: Reading): Time {
  return { ...observed({ ...time, ticks: reading.ticks }, reading), doubtful: true };
}
