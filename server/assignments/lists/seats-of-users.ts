import { dataKeys } from "@/server/secrets/data-keys";
import { macInHex } from "@/server/secrets/encryption";
import { store } from "@/server/store/store";
import type { LiveSeat } from "./live-seat";

/** A seat that a user holds. */
export type UserSeat = Pick<LiveSeat, "instance" | "allotment">;

const READ = {
  name: "seats_held",
  text: `SELECT a.instance::text, a.allotment, encode(a.subject_index, 'hex') AS index
    FROM (SELECT t.license, t.key, decode(w.index, 'hex') AS index
      FROM allotment t CROSS JOIN unnest($2::text[]) AS w(index) WHERE t.license = $1) wanted
    JOIN assignment a ON a.license = wanted.license AND a.allotment = wanted.key AND a.subject_index = wanted.index
    WHERE a.deleted IS NULL ORDER BY a.added_version`,
};

/**
 * The seats of users by their keys, the earliest first, without reading those of other users or decrypting any. Not
 * for a license with aliases: its users have more than one key.
 */
export async function seatsOfUsers(
  license: string,
  keysOfUsers: ReadonlySet<string>,
): Promise<Map<string, UserSeat[]>> {
  const { mac } = await dataKeys(license);
  const users = new Map([...keysOfUsers].map((key) => [macInHex(mac, key), key]));
  const rows = await store().sql.query<UserSeat & { index: string }>(READ, [license, [...users.keys()]]);
  const held = new Map<string, UserSeat[]>();
  for (const { index, ...seat } of rows) {
    const key = users.get(index) ?? "";
    const others = held.get(key);
    if (others) others.push(seat);
    else held.set(key, [seat]);
  }
  return held;
}
