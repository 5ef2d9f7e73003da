import { uuidv7 } from "uuidv7";

/** The id of a request: the one that it was sent with, from a gateway say, if it can stand in a log, else a new one. */
export function requestIdFrom(sent: string | null | undefined): string {
  return sent && /^[\x21-\x7e]{1,100}$/.test(sent) ? sent : uuidv7();
}
