import type { DataKeys } from "@/server/secrets/data-keys";
import { decrypt, encrypt } from "@/server/secrets/encryption";

type Place = { license: string; run: string; instance: string };

/** The user of a released seat in base64, encrypted for its row. */
export function encryptedUser({ encryption }: DataKeys, place: Place, subject: string): string {
  return encrypt(encryption, Buffer.from(subject), releasedContext(place)).toString("base64");
}

/** Decrypts the result of `encryptedUser`. */
export function openedUser({ encryption }: DataKeys, place: Place, sealed: Uint8Array): string {
  return decrypt(encryption, sealed, releasedContext(place)).toString();
}

/** The context to which the encrypted user of a released seat is bound. */
export const releasedContext = ({ license, run, instance }: Place) =>
  `reclaim|subject|${license}|${run}|${instance}`;
