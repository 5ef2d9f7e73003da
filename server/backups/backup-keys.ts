import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";

/** Two texts of age: whoever has the recipient can encrypt, only who has the identity can decrypt. */
export type BackupKeys = { identity: string; recipient: string };

export async function newBackupKeys(): Promise<BackupKeys> {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

export async function encrypted(plain: Readable, recipients: readonly string[]): Promise<Readable> {
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return fromWeb(await encrypter.encrypt(toWeb(plain)));
}

export async function decrypted(cipher: Readable, identity: string): Promise<Readable> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return fromWeb(await decrypter.decrypt(toWeb(cipher)));
}

/** The library is typed by the browser's streams, which are those of Node under another name. */
type BrowserStream = globalThis.ReadableStream<Uint8Array>;
const toWeb = (stream: Readable) => Readable.toWeb(stream) as unknown as BrowserStream;
const fromWeb = (stream: BrowserStream) => Readable.fromWeb(stream as unknown as ReadableStream);
