import { LRUCache } from "lru-cache";
import { uuidv7 } from "uuidv7";
import { type WrittenLef, writeLef } from "@/domain/legacy/lef-writing";
import { Refusal } from "@/domain/refusals/refusal";
import { currentDefinition } from "@/server/licenses/definitions";
import { dataKeys, INSTALLATION } from "@/server/secrets/data-keys";
import { macInHex } from "@/server/secrets/encryption";
import { perProcess } from "@/server/store/per-process";
import { store } from "@/server/store/store";
import { controlMac } from "./control-numbers";

/** A request for a LEF, as it came: an invalid serial is treated as an unknown one. */
export type LefRequest = {
  serial: string;
  control: string;
  address: string;
  userAgent: string | null;
  now: Date;
};

/**
 * How many retrievals may fail within how many seconds. The limit of a day stops nobody (`stops`), but is shown. The
 * limit of a serial applies to `strangers` only: addresses to which it was never served.
 */
const LIMITS = {
  pair: { most: 5, seconds: 900, stops: true, strangers: false },
  serial: { most: 20, seconds: 3600, stops: true, strangers: true },
  address: { most: 60, seconds: 3600, stops: true, strangers: false },
  day: { most: 20, seconds: 86_400, stops: false, strangers: false },
};

/** The times of `f` that still count at `at`, a moment in milliseconds. */
const counting = (at: string) =>
  `ARRAY(SELECT t FROM unnest(f.times) t WHERE t > ${at} - f.seconds * 1000 ORDER BY t)`;

/**
 * Looks up, compares, counts and records in one statement, the same for each outcome. `limits` that don't apply to
 * the caller are left out: an address to which a serial was served before isn't stopped by the failures of others. A
 * failure beyond a limit that others reached at the same moment is refused by the content of its own row.
 */
const RETRIEVE = {
  name: "lef_retrieve",
  text: `
WITH call AS MATERIALIZED (
  SELECT $1::text AS serial, decode($2, 'hex') AS mac, $3::text AS address, $4::text AS user_agent,
    $5::bigint AS at, to_timestamp($5::bigint / 1000.0) AS now, $6::uuid AS id
), limits AS MATERIALIZED (
  SELECT decode(g.key, 'hex') AS key, g.most, g.seconds, g.stops
  FROM call c, json_to_recordset($7::json) AS g(key text, most int, seconds int, stops boolean, strangers boolean)
  WHERE NOT g.strangers OR NOT EXISTS (SELECT FROM retrieval r WHERE r.license = c.serial AND r.address = c.address)
), stopped AS MATERIALIZED (
  SELECT max(f.counting[cardinality(f.counting) - f.most + 1] + f.seconds * 1000) AS until
  FROM (SELECT f.key, g.most, f.seconds, ${counting("(SELECT at FROM call)")} AS counting
    FROM limits g JOIN lef_failure f ON f.key = g.key WHERE g.stops) f
  WHERE cardinality(f.counting) >= f.most
), found AS MATERIALIZED (
  SELECT l.number, l.definition_id, k.open_for, k.closed_for
  FROM call c
  JOIN license l ON l.number = c.serial AND l.status = 'active' AND l.copy_of IS NULL
  JOIN LATERAL (SELECT * FROM control_number k WHERE k.license = l.number
    ORDER BY k.created_at DESC, k.id DESC LIMIT 1) k ON k.mac = c.mac
  WHERE k.open_for IS NOT NULL OR k.closed_for = 'migrated'
), failed AS (
  INSERT INTO lef_failure AS f (key, most, seconds, times, last)
  SELECT g.key, g.most, g.seconds, ARRAY[c.at], c.now FROM limits g, call c, stopped s
  WHERE s.until IS NULL AND NOT EXISTS (SELECT FROM found)
  ORDER BY g.key
  ON CONFLICT (key) DO UPDATE SET last = EXCLUDED.last, most = EXCLUDED.most, seconds = EXCLUDED.seconds,
    times = (${counting("EXCLUDED.times[1]")} || EXCLUDED.times)[1:EXCLUDED.most + 1]
  RETURNING f.key, cardinality(f.times) AS count, f.most, f.times[2] + f.seconds * 1000 AS until
), guessed AS (
  UPDATE control_number SET guessed_at = c.now FROM call c
  WHERE open_for = c.serial AND EXISTS (SELECT FROM failed f WHERE f.key = decode($8, 'hex') AND f.count >= f.most)
), served AS (
  INSERT INTO retrieval (id, license, at, address, user_agent)
  SELECT c.id, c.serial, c.now, c.address, c.user_agent FROM call c, found f, stopped s
  WHERE s.until IS NULL AND f.open_for IS NOT NULL
)
SELECT coalesce(s.until, (SELECT max(f.until) FROM failed f JOIN limits g ON g.key = f.key AND g.stops
    WHERE f.count > f.most)) AS until,
  f.definition_id, f.open_for IS NOT NULL AS is_open, f.number IS NOT NULL AS found
FROM stopped s LEFT JOIN found f ON true`,
};

type Row = { until: number | null; definition_id: string | null; is_open: boolean; found: boolean };

/**
 * The LEF of a license, by serial and control number. Throws `TOO_MANY_REQUESTS` first, then `MIGRATED`, and
 * `LEF_REFUSED` for everything else: one response, from the same statement.
 */
export async function retrieveLef(request: LefRequest): Promise<WrittenLef> {
  const { serial, control, address, userAgent, now } = request;
  const keys = await dataKeys(INSTALLATION);
  const proof = controlMac(keys, serial, control).toString("hex");
  const limits = limitsOf(keys.mac, request);
  const at = now.getTime();
  const listed = JSON.stringify(Object.values(limits));
  const values = [serial, proof, address, userAgent, at, uuidv7(), listed, limits.day.key];
  const [row] = await store().sql.query<Row>(RETRIEVE, values);
  if (row && row.until !== null) throw tooOften(row.until - at);
  if (!row?.found || row.definition_id === null) throw refused();
  if (!row.is_open) throw migrated();
  return lefOf(serial, row.definition_id);
}

/** The LEF of the definition in force, cached: definitions never change. */
export async function lefOf(license: string, definitionId: string): Promise<WrittenLef> {
  const known = written().get(definitionId);
  if (known) return known;
  const lef = writeLef(license, await currentDefinition(license, definitionId));
  written().set(definitionId, lef);
  return lef;
}

const written = () => perProcess("lefs", () => new LRUCache<string, WrittenLef>({ max: 5000 }));

function limitsOf(key: Buffer, { serial, address }: LefRequest) {
  const keyOf = (name: string) => macInHex(key, `lef|${name}`);
  return {
    pair: { key: keyOf(`pair|${serial}|${address}`), ...LIMITS.pair },
    serial: { key: keyOf(`serial|${serial}`), ...LIMITS.serial },
    address: { key: keyOf(`address|${address}`), ...LIMITS.address },
    day: { key: keyOf(`day|${serial}`), ...LIMITS.day },
  };
}

function tooOften(ms: number): Refusal {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  return new Refusal(
    "TOO_MANY_REQUESTS",
    "Too many retrievals failed. Check the serial and control number, then wait as long as Retry-After says.",
    { retryAfter: seconds },
  );
}

function refused(): Refusal {
  return new Refusal(
    "LEF_REFUSED",
    "Failed to get LEF from server. Check the serial and the control number.",
  );
}

function migrated(): Refusal {
  return new Refusal(
    "MIGRATED",
    "The license was migrated to a signed license key. Enter the key instead of the serial and control number.",
  );
}
