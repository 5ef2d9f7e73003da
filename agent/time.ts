/** The clocks of a machine, in milliseconds: the wall clock, which people can set, and a monotonic one. */
export type Reading = { wall: number; ticks: number };

/** What an agent knows of the time. */
export type Time = {
  /** The greatest time ever seen, at `ticks`. */
  greatest: number;
  ticks: number;
  /** How far the backend's clock is ahead of this machine's, according to the last signed response. */
  ahead: number;
  /** When the latest signed response was made, by the backend's clock. */
  signedAt: number | null;
  /** Whether the wall clock jumped since, or may have: then only a signed response can give the time. */
  doubtful: boolean;
};

const JUMP_MS = 60_000;

export function firstTime({ wall, ticks }: Reading): Time {
  return { greatest: wall, ticks, ahead: 0, signedAt: null, doubtful: true };
}

/**
 * The current time by the backend's clock. Setting the wall clock back doesn't turn it back, and it continues if the
 * wall clock stands still.
 */
export function nowOf(time: Time, { wall, ticks }: Reading): number {
  return Math.max(time.greatest + Math.max(0, ticks - time.ticks), wall + time.ahead);
}

export function observed(time: Time, reading: Reading): Time {
  const expected = time.greatest + reading.ticks - time.ticks;
  const doubtful = time.doubtful || Math.abs(reading.wall + time.ahead - expected) > JUMP_MS;
  return { ...time, greatest: nowOf(time, reading), ticks: reading.ticks, doubtful };
}

/** Sets the time from a signed response: the only thing that can also turn it back. */
export function anchored(serverTime: number, { wall, ticks }: Reading): Time {
  return { greatest: serverTime, ticks, ahead: serverTime - wall, signedAt: serverTime, doubtful: false };
}

/** The time after a restart, in which the monotonic clock started again. */
export function resumed(time: Time, reading: Reading): Time {
  return { ...observed({ ...time, ticks: reading.ticks }, reading), doubtful: true };
}
