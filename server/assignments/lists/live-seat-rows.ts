import { foldSubject } from "@/domain/assignments/subject";
import { openAliases, openSubject } from "@/server/assignments/log/assignment-rows";
import type { DataKeys } from "@/server/secrets/data-keys";
import type { LiveSeat } from "./live-seat";

/** Rows by columns: the database builds, and a process reads, an array per column faster than an object per row. */
export type Columns = {
  instance: string[];
  version: number[];
  added: number[];
  allotment: string[];
  /** The subject in base64; null for a released seat. */
  subject: (string | null)[];
  created: number[];
  source: string[];
  auto: boolean[];
  /** The aliases in base64, by instance; null if no row has any. */
  aliases: Record<string, string> | null;
};

const readColumns = (name: string, which: string) => ({
  name,
  text: `SELECT json_build_object('instance', json_agg(instance::text), 'version', json_agg(version),
      'added', json_agg(added_version), 'allotment', json_agg(allotment), 'subject', json_agg(encode(subject, 'base64')),
      'created', json_agg((extract(epoch FROM created) * 1000)::bigint), 'source', json_agg(source), 'auto', json_agg(auto),
      'aliases', json_object_agg(instance, (SELECT encode(x.aliases, 'base64') FROM alias_text x
        WHERE x.license = page.license AND x.instance = page.instance)) FILTER (WHERE has_aliases AND deleted IS NULL)) AS read
    FROM (SELECT * FROM assignment WHERE license = $1 AND version > $2::bigint ${which} ORDER BY version LIMIT $3::int) page
    HAVING count(*) > 0`,
});

export const READ_LIVE = readColumns("live_seats_all", "AND deleted IS NULL");
export const READ_CHANGED = readColumns("live_seats_changed", "");

/** The live seats among the rows that were read. */
export function openSeats(
  license: string,
  keys: DataKeys,
  read: Columns,
  shared: (text: string) => string,
): LiveSeat[] {
  const live: LiveSeat[] = [];
  for (const [row, sealed] of read.subject.entries()) {
    if (sealed === null) continue;
    const of = <Value>(column: Value[]) => column[row] as Value;
    const instance = of(read.instance);
    const subject = openSubject(license, keys, instance, sealed);
    // One literal: objects made by spreading are several times slower to create, and then to sort.
    const seat: LiveSeat = {
      instance,
      version: of(read.version),
      addedAt: of(read.added),
      allotment: shared(of(read.allotment)),
      subject,
      folded: foldSubject(subject),
      created: of(read.created),
      source: shared(of(read.source)),
      auto: of(read.auto),
    };
    const others = read.aliases?.[instance];
    if (others) {
      seat.aliases = openAliases(license, keys, instance, others);
      seat.foldedAliases = seat.aliases.map(foldSubject);
    }
    live.push(seat);
  }
  return live;
}

/** Keeps a text once that many seats share. */
export function sharing(): (text: string) => string {
  const kept = new Map<string, string>();
  return (text) => {
    const known = kept.get(text) ?? text;
    kept.set(text, known);
    return known;
  };
}
