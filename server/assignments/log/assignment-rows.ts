import type { Assignment } from "@/domain/assignments/assignment";
import type { DataKeys } from "@/server/secrets/data-keys";
import { decrypt, encrypt } from "@/server/secrets/encryption";

/** An assignment as the statements read it, in JSON: binary columns in base64. */
export type AssignmentRow = {
  instance: string;
  version: number;
  added: number;
  allotment: string;
  index: string;
  subject: string | null;
  aliases?: string | null;
  created: string;
  received: string | null;
  source: string;
  auto: boolean;
  deleted: string | null;
  used: string | null;
};

const FIELDS = `'instance', a.instance::text, 'version', a.version, 'added', a.added_version,
  'allotment', a.allotment, 'index', encode(a.subject_index, 'hex'), 'subject', encode(a.subject, 'base64'),
  'created', a.created, 'received', a.received, 'source', a.source, 'auto', a.auto, 'deleted', a.deleted, 'used', a.last_used`;

/** Builds one `AssignmentRow` from the table `a`. */
export const ASSIGNMENT_JSON = `CASE WHEN a.has_aliases AND a.deleted IS NULL
  THEN json_build_object(${FIELDS}, 'aliases', (SELECT encode(x.aliases, 'base64') FROM alias_text x
    WHERE x.license = a.license AND x.instance = a.instance))
  ELSE json_build_object(${FIELDS}) END`;

/** The context to which the encrypted subject of an assignment is bound. */
export const assignmentContext = (license: string, instance: string) =>
  `assignment|subject|${license}|${instance}`;

/** The context to which the encrypted aliases of an assignment are bound. */
export const aliasesContext = (license: string, instance: string) =>
  `assignment|aliases|${license}|${instance}`;

type RejectionOrigin = { allotment: string; index: string; source: string; code: string };

/** The context to which the encrypted subject of a rejection is bound. */
export const rejectionContext = (license: string, { allotment, index, source, code }: RejectionOrigin) =>
  `rejection|subject|${license}|${allotment}|${index}|${source}|${code}`;

export function openAssignment(license: string, keys: DataKeys, row: AssignmentRow): Assignment {
  const { instance, version, allotment, index, source, auto } = row;
  const subject = row.subject ? openSubject(license, keys, instance, row.subject) : "";
  const opened: Assignment = {
    instance,
    version,
    addedAt: row.added,
    allotment,
    index,
    subject,
    created: new Date(row.created),
    received: row.received === null ? null : new Date(row.received),
    source,
    auto,
    deleted: row.deleted === null ? null : new Date(row.deleted),
    lastUsed: row.used,
  };
  if (row.aliases) opened.aliases = openAliases(license, keys, instance, row.aliases);
  return opened;
}

/** Decrypts the result of `encryptedSubject`. */
export function openSubject(license: string, keys: DataKeys, instance: string, sealed: string): string {
  const bytes = Buffer.from(sealed, "base64");
  return decrypt(keys.encryption, bytes, assignmentContext(license, instance)).toString();
}

/** Decrypts the result of `encryptedAliases`. */
export function openAliases(license: string, keys: DataKeys, instance: string, sealed: string): string[] {
  const bytes = Buffer.from(sealed, "base64");
  return JSON.parse(decrypt(keys.encryption, bytes, aliasesContext(license, instance)).toString());
}

/** The aliases in base64, encrypted for their row; null if there are none, as for a tombstone. */
export function encryptedAliases(
  license: string,
  keys: DataKeys,
  { instance, aliases, deleted }: Assignment,
): string | null {
  if (deleted || !aliases) return null;
  const text = Buffer.from(JSON.stringify(aliases));
  return encrypt(keys.encryption, text, aliasesContext(license, instance)).toString("base64");
}

/** The subject in base64, encrypted for its row; null for a tombstone. */
export function encryptedSubject(
  license: string,
  keys: DataKeys,
  { instance, subject, deleted }: Assignment,
): string | null {
  if (deleted) return null;
  return encrypt(keys.encryption, Buffer.from(subject), assignmentContext(license, instance)).toString(
    "base64",
  );
}
