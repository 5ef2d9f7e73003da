declare global {
  var signetState: Map<string, unknown> | undefined;
}

/** The name of the data keys' part, which the store itself must know. */
export const DATA_KEYS = "data-keys";

/** State that must be single in a process: instrumentation and routes are separate bundles of the same code. */
export function perProcess<T>(name: string, make: () => T): T {
  globalThis.signetState ??= new Map();
  const states = globalThis.signetState as Map<string, T>;
  const known = states.get(name);
  if (known !== undefined) return known;
  const made = make();
  states.set(name, made);
  return made;
}

/** Drops data that was read from a store that is closed. */
export function forgetProcessState(): void {
  globalThis.signetState = undefined;
}

/** Drops data keys that were read from a store which may be another one now: they may not exist there. */
export function forgetDataKeys(): void {
  globalThis.signetState?.delete(DATA_KEYS);
}
