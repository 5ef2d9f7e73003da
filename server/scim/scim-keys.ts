import { foldSubject } from "@/domain/assignments/subject";
import type { ScimResource } from "@/domain/scim/resource";
import { type DataKeys, dataKeys } from "@/server/secrets/data-keys";
import { decrypt, encrypt, macInHex } from "@/server/secrets/encryption";
import type { Sql } from "@/server/store/sql";

/** What is encrypted of a connection: a user or a group, or the subject of an effect. */
type Encrypted = "user" | "group" | "effect";

/** The scope of a connection's data keys, which are deleted with it. */
export function keyScope(connection: string): string {
  return `scim:${connection}`;
}

export function scimKeys(connection: string, sql?: Pick<Sql, "query">): Promise<DataKeys> {
  return dataKeys(keyScope(connection), sql);
}

/** The index by which a user or a group is found by its name, whose case doesn't count. */
export function nameIndex({ mac }: DataKeys, name: string): Uint8Array<ArrayBuffer> {
  return indexOf(mac, `name|${foldSubject(name)}`);
}

/** The index by which a user or a group is found by its id in the directory; null without one. */
export function externalIndex({ mac }: DataKeys, externalId: unknown): Uint8Array<ArrayBuffer> | null {
  return typeof externalId === "string" ? indexOf(mac, `external|${externalId}`) : null;
}

export function encryptResource(keys: DataKeys, of: Encrypted, id: string, resource: ScimResource) {
  return encryptText(keys, of, id, JSON.stringify(resource));
}

/** Opens what `encryptResource` made. */
export function decryptResource(keys: DataKeys, of: Encrypted, id: string, sealed: Uint8Array): ScimResource {
  return JSON.parse(decryptText(keys, of, id, sealed)) as ScimResource; // only this server can encrypt
}

export function encryptText(
  keys: DataKeys,
  of: Encrypted,
  id: string,
  text: string,
): Uint8Array<ArrayBuffer> {
  return new Uint8Array(encrypt(keys.encryption, Buffer.from(text), scimContext(of, id)));
}

/** Opens what `encryptText` made. */
export function decryptText(keys: DataKeys, of: Encrypted, id: string, sealed: Uint8Array): string {
  return decrypt(keys.encryption, sealed, scimContext(of, id)).toString();
}

/** The context to which something encrypted of a connection is bound. */
export const scimContext = (of: Encrypted, id: string) => `scim|${of}|${id}`;

function indexOf(mac: Buffer, text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(macInHex(mac, text), "hex"));
}
