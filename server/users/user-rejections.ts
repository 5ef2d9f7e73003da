import type { RejectionCode } from "@/domain/refusals/refusal";
import type { UserIndex } from "@/server/secrets/subject-index";
import { store } from "@/server/store/store";

/** A rejected change that concerned a user, in the last 30 days; `allotment` is the key of its name. */
export type UserRejection = {
  license: string;
  allotment: string;
  code: RejectionCode;
  source: string;
  first: Date;
  last: Date;
  times: number;
};

const READ = {
  name: "user_rejections",
  text: `SELECT r.license, r.allotment, r.code, r.source, r.first_at AS first, r.last_at AS last, r.times
    FROM unnest($1::text[], $2::text[]) AS w(license, index)
    JOIN allotment p ON p.license = w.license
    JOIN rejection r ON r.license = p.license AND r.allotment = p.key AND r.subject_index = decode(w.index, 'hex')
    ORDER BY r.last_at DESC LIMIT 200`,
};

/** The last 200 rejections of a user, newest first. */
export function userRejections(indexes: readonly UserIndex[]): Promise<UserRejection[]> {
  return store().sql.query<UserRejection>(READ, [
    indexes.map(({ license }) => license),
    indexes.map(({ index }) => index),
  ]);
}
