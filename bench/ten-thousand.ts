import { monthOf } from "@/domain/month";
import { store } from "@/server/store/store";
import { type Settings, seed } from "./stores";

export const LICENSES = 10_000;
const DEPLOYMENTS = 5;

/** Fills an empty store with 10,000 licenses, each with ten users. */
export async function seedTenThousand(settings: Settings): Promise<void> {
  await seed(settings, { licenses: 1, assigned: 10, crowd: { licenses: LICENSES - 1, assigned: 10 } });
}

/** Every license gets a definition of its own, usage of this month and the last, deployments, a key and a rejection. */
export async function fillLicenses(now: Date): Promise<void> {
  const month = monthOf(now);
  for (const { text, values } of fillings(now, month)) await store().sql.query({ name: "", text }, values);
  await store().db.$executeRawUnsafe(
    "VACUUM ANALYZE license, definition, allotment, usage_month, deployment, signed_key, rejection, audit_verification",
  );
}

function fillings(now: Date, month: string): { text: string; values: unknown[] }[] {
  return [
    {
      text: `INSERT INTO definition (id, license, version, effective_from, content)
        SELECT gen_random_uuid(), l.number, l.version, $1, d.content FROM license l JOIN definition d ON d.id = l.definition_id
        WHERE NOT EXISTS (SELECT FROM definition o WHERE o.license = l.number)`,
      values: [now],
    },
    {
      text: "UPDATE license l SET definition_id = d.id FROM definition d WHERE d.license = l.number",
      values: [],
    },
    { text: "UPDATE license SET updated_at = $1::timestamptz - interval '1 day'", values: [now] },
    {
      text: `INSERT INTO usage_month (license, allotment, month, total)
        SELECT license, key, m, 1000 FROM allotment, unnest($1::text[]) m WHERE class = 'time'`,
      values: [[month, "2026-01"]],
    },
    {
      text: `INSERT INTO deployment (license, source, jti, first_seen, last_seen)
        SELECT number, gen_random_uuid(), gen_random_uuid(), $1, $1::timestamptz - n * interval '5 hours'
        FROM license, generate_series(1, $2::int) n`,
      values: [now, DEPLOYMENTS],
    },
    {
      text: `INSERT INTO signed_key (jti, license, kid, issued_at)
        SELECT gen_random_uuid(), number, (SELECT kid FROM signing_key LIMIT 1), $1 FROM license`,
      values: [now],
    },
    {
      text: `INSERT INTO rejection (license, allotment, subject_index, source, code, subject, first_at, last_at)
        SELECT number, 'professional', sha256(number::bytea), 'bench', 'NO_AVAILABLE_UNITS', '', $1, $1 FROM license`,
      values: [now],
    },
    {
      text: `INSERT INTO audit_verification (chain, at, by_kind, by, events)
        SELECT number, $1, 'system', 'bench', 1 FROM license`,
      values: [now],
    },
  ];
}
