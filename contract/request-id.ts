import { uuidv7 } from "uuidv7";

/** The id of a request: the one it was sent with, by a gateway for example, if it can be logged, otherwise a new one. */
export function requestIdFrom(sent: string | null | undefined): string {
  return sent && /^[\x21-\x7e]{1,100}$/.test(sent) ? sent : uuidv7();
}
