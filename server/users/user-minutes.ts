import type { Month } from "@/domain/month";
import type { UserIndex } from "@/server/secrets/subject-index";
import { store } from "@/server/store/store";

/** The minutes that sessions of a user took in a month; `allotment` is the key of its name. */
export type UserMinutes = { license: string; allotment: string; minutes: number; sessions: number };

/** Only of licenses that keep names of users beside sessions: in others, nobody's usage is shown by name. */
const READ = {
  name: "user_minutes",
  text: `SELECT t.license, t.allotment, t.minutes, t.sessions
    FROM unnest($1::text[], $2::text[]) AS w(license, index)
    JOIN license l ON l.number = w.license AND l.session_names
    JOIN allotment p ON p.license = w.license
    JOIN session_total t ON t.license = p.license AND t.month = $3 AND t.allotment = p.key AND t.kind = 'user' AND t.key = w.index
    WHERE t.sessions > 0 ORDER BY t.minutes DESC, t.license`,
};

/** The most minutes first. */
export function userMinutes(indexes: readonly UserIndex[], month: Month): Promise<UserMinutes[]> {
  return store().sql.query<UserMinutes>(READ, [
    indexes.map(({ license }) => license),
    indexes.map(({ index }) => index),
    month,
  ]);
}
