import { type SubjectMatching, subjectKey } from "@/domain/assignments/subject";
import {
  aliasesContext,
  assignmentContext,
  rejectionContext,
} from "@/server/assignments/log/assignment-rows";
import type { DataKeys } from "@/server/secrets/data-keys";
import { decrypt, macInHex } from "@/server/secrets/encryption";
import type { Sql } from "@/server/store/sql";
import { type KeysOf, lastKeys } from "./check-encryption";
import { findNamings } from "./check-namings";
import { type CheckedRule, inBatches, tally } from "./check-rules";

type Query = Pick<Sql, "query">;

type SubjectRow = {
  license: string;
  matching: SubjectMatching | null;
  index: string;
  subject: Uint8Array | null;
  /** The indexes of the user's aliases. */
  others: string[] | null;
};
type SeatRow = SubjectRow & { instance: string; live: boolean; aliases: Uint8Array | null; aliased: boolean };
type RejectionRow = SubjectRow & { allotment: string; source: string; code: string };

const BATCH = 5000;
/** How many subjects of a license are searched in plain texts. */
const SAMPLE = 20;

const OTHERS = `CASE WHEN l.has_aliases THEN ARRAY(SELECT encode(s.alias_index, 'hex') FROM subject_alias s
    WHERE s.license = l.number AND s.primary_index = subject_index) END AS others`;
const SEATS = {
  name: "check_seats",
  text: `
SELECT a.license, a.instance::text, a.deleted IS NULL AS live, encode(a.subject_index, 'hex') AS index, a.subject,
  x.aliases, a.has_aliases AS aliased, ${OTHERS}, l.subject_matching::text AS matching
FROM assignment a LEFT JOIN license l ON l.number = a.license
LEFT JOIN alias_text x ON x.license = a.license AND x.instance = a.instance
WHERE (a.license, a.instance) > ($1::text, $2::bigint)
ORDER BY a.license, a.instance LIMIT ${BATCH}`,
};
const REJECTIONS = {
  name: "check_rejections",
  text: `
SELECT r.license, r.allotment, encode(r.subject_index, 'hex') AS index, r.source, r.code, r.subject,
  ${OTHERS}, l.subject_matching::text AS matching
FROM rejection r LEFT JOIN license l ON l.number = r.license
WHERE (r.license, r.allotment, r.subject_index, r.source, r.code) > ($1, $2, decode($3, 'hex'), $4, $5)
ORDER BY r.license, r.allotment, r.subject_index, r.source, r.code LIMIT ${BATCH}`,
};

/** The rules about subjects; all assignments are read and decrypted once. */
export async function* subjectRules(sql: Query): AsyncGenerator<CheckedRule> {
  const samples = new Map<string, string[]>();
  yield await seatsRule(sql, samples);
  yield await rejectionsRule(sql);
  yield await findNamings(sql, samples);
}

async function seatsRule(sql: Query, samples: Map<string, string[]>): Promise<CheckedRule> {
  const { checked, count } = tally(
    "subjects",
    "every live assignment has a subject and aliases that decrypt and match its index; released ones have none",
  );
  const read = (last?: SeatRow) => sql.query<SeatRow>(SEATS, [last?.license ?? "", last?.instance ?? "0"]);
  const keysOf = lastKeys(sql);
  for await (const row of inBatches(read)) {
    const { license, instance, live } = row;
    const subject = live ? await openedSubject(keysOf, row, assignmentContext(license, instance)) : null;
    const isRight = live ? subject !== null && (await hasAliases(keysOf, row)) : !row.subject && !row.aliases;
    count(isRight, `${license} ${instance}`);
    if (subject !== null) addSample(samples, license, subject);
  }
  return checked;
}

async function rejectionsRule(sql: Query): Promise<CheckedRule> {
  const { checked, count } = tally(
    "rejections",
    "every rejection has a subject that decrypts and matches its index",
  );
  const read = (last?: RejectionRow) =>
    sql.query<RejectionRow>(
      REJECTIONS,
      [last?.license, last?.allotment, last?.index, last?.source, last?.code].map((value) => value ?? ""),
    );
  const keysOf = lastKeys(sql);
  for await (const row of inBatches(read)) {
    const { license, allotment, index, source, code } = row;
    const subject = await openedSubject(keysOf, row, rejectionContext(license, row));
    count(subject !== null, `${license} ${allotment} ${index.slice(0, 8)}… ${source} ${code}`);
  }
  return checked;
}

/** The subject, if it decrypts and is one of its index's user; otherwise null. */
async function openedSubject(keysOf: KeysOf, row: SubjectRow, context: string): Promise<string | null> {
  const { license, subject, matching } = row;
  const keys = await keysOf(license);
  if (!keys || !subject || !matching) return null;
  const opened = openedWith(keys, subject, context);
  return opened !== null && isOfUser(keys, row, opened) ? opened : null;
}

/** Whether the aliases of a seat decrypt, and are declared. */
async function hasAliases(keysOf: KeysOf, row: SeatRow): Promise<boolean> {
  const { license, instance, aliases, aliased } = row;
  if (aliased !== (aliases !== null)) return false;
  const keys = aliases && (await keysOf(license));
  if (!aliases || !keys) return aliases === null;
  const opened = openedWith(keys, aliases, aliasesContext(license, instance));
  const texts: string[] = opened === null ? [] : JSON.parse(opened);
  return texts.length > 0 && texts.every((text) => isOfUser(keys, row, text));
}

function isOfUser({ mac }: DataKeys, { index, others, matching }: SubjectRow, subject: string): boolean {
  const own = matching && macInHex(mac, subjectKey(subject, matching));
  return own === index || (others ?? []).some((other) => other === own);
}

function openedWith({ encryption }: DataKeys, subject: Uint8Array, context: string): string | null {
  try {
    return decrypt(encryption, subject, context).toString();
  } catch {
    return null;
  }
}

/** Adds subjects that can't be mistaken for a common word. */
function addSample(samples: Map<string, string[]>, license: string, subject: string): void {
  const sample = samples.get(license) ?? [];
  if (sample.length >= SAMPLE || subject.length < 6 || !/[\\@|]/.test(subject)) return;
  sample.push(subject);
  samples.set(license, sample);
}
