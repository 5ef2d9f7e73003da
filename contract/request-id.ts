import { V7Generator } from "uuidv7";

const RANDOM_AT_ONCE = 1024;

/** Random numbers, drawn many at a time: the few that the package draws take longer than the rest of an id. */
const random = {
  drawn: new Uint32Array(RANDOM_AT_ONCE),
  next: RANDOM_AT_ONCE,
  nextUint32(): number {
    if (this.next === RANDOM_AT_ONCE) {
      crypto.getRandomValues(this.drawn);
      this.next = 0;
    }
    return this.drawn[this.next++] ?? 0;
  },
};

const ids = new V7Generator(random);

/** The id of a request: the one it was sent with, by a gateway for example, if it can be logged, otherwise a new one. */
export function requestIdFrom(sent: string | null | undefined): string {
  return sent && /^[\x21-\x7e]{1,100}$/.test(sent) ? sent : ids.generate().toString();
}
