import { SYSTEM } from "@/server/access/actor";
import { ADMIN_SOURCE } from "@/server/assignments/changes/seat-patches";
import { recordEvents } from "@/server/audit/audit";
import { verifyOne } from "@/server/audit/verification";
import { acceptDualUse } from "@/server/dual-use/dual-use-requests";
import { removePerson } from "@/server/identity/person-changes";
import { createControl } from "@/server/legacy/control-numbers";
import { copyLicense } from "@/server/licenses/license-copies";
import { store } from "@/server/store/store";
import { licenseWithKey } from "./test-callers";
import { boundedLicense, runOf } from "./test-leases";
import { NOW, seats } from "./test-licenses";
import { makePerson } from "./test-people";
import { directory } from "./test-scim";
import { eventOf, happen, makeWebhook } from "./test-webhooks";

/** Rows of everything that `signet check` has rules for and that the first license of a test doesn't have. */
export async function rowsForRules(number: string): Promise<void> {
  await leasedMinutes();
  await directorySeat();
  await createControl(number, SYSTEM, NOW);
  await copyLicense(number, SYSTEM, NOW);
  await dualUse(number);
  await removePerson((await makePerson("auditor")).id, SYSTEM, NOW);
  await makeWebhook({ url: "https://hooks.signet.example/" });
  await happen([eventOf("assignment.deleted", number)]);
  for (const sql of statements(number)) await store().db.$executeRawUnsafe(sql);
  await store().db.$transaction((tx) =>
    recordEvents(tx, number, SYSTEM, NOW, [{ action: "key.revealed", object: ADMIN_SOURCE }]),
  );
  await verifyOne(number, SYSTEM, NOW);
}

async function leasedMinutes(): Promise<void> {
  const { call } = await boundedLicense();
  const run = runOf(call());
  await run.ask(60);
  run.use(12);
  await run.report(60);
}

/** A license with a seat that the mapping of a group gave. */
async function directorySeat(): Promise<void> {
  const { number: license } = await licenseWithKey({ allotments: [seats("analyzer", 3)] });
  const groups = [{ group: "Sales", license, allotment: "analyzer" }];
  const { user, group } = await directory({ license, groups });
  await group("Sales", await user("nora.directory"));
}

async function dualUse(license: string): Promise<void> {
  const made = `'2026-08-24Z', 'system', 'signet'`;
  await store().db.$executeRawUnsafe(
    `INSERT INTO dual_use_offer (id, license, products, created_at, created_by_kind, created_by)
     VALUES (gen_random_uuid(), '${license}', '{QV}', ${made})`,
  );
  const [request] = await store().db.$queryRawUnsafe<{ id: string }[]>(
    `INSERT INTO dual_use_request (id, license, source, product, state, jti, first_at, last_at)
     VALUES (gen_random_uuid(), '${license}', 'view', 'QV', 'waiting', gen_random_uuid(), '2026-08-24Z', '2026-08-24Z')
     RETURNING id`,
  );
  await acceptDualUse(license, String(request?.id), SYSTEM, NOW);
}

/** What takes days or files to come about: a reclaim run, an offline log and an alert, as the product writes them. */
function statements(number: string): string[] {
  const run = `'0198e000-0000-7000-8000-000000000001'`;
  const log = `'0198e000-0000-7000-8000-000000000002'`;
  const at = `'2026-08-24Z'`;
  return [
    `INSERT INTO reclaim_run (id, license, allotment, slot, state, seats, released, announced_at, release_at, ended_at)
     VALUES (${run}, '${number}', 'analyzer', ${at}, 'released', 1, 1, ${at}, ${at}, ${at})`,
    `INSERT INTO reclaim_seat (run, license, instance, reason, quiet_since, result)
     VALUES (${run}, '${number}', 1, 'idle', ${at}, 'released')`,
    `INSERT INTO offline_log (license, log, kind, source, checkout, user_agent, created, header, hash, through,
       first_upload, last_upload)
     VALUES ('${number}', ${log}, 'assignments', 'mill', ${log}, '', ${at}, '', '', 1, ${at}, ${at})`,
    `INSERT INTO offline_rejection (license, log, sequence, code) VALUES ('${number}', ${log}, 1, 'UNKNOWN_ALLOTMENT')`,
    `INSERT INTO offline_hash (license, instance, hash)
     SELECT license, instance, '\\x01' FROM assignment WHERE license = '${number}' AND deleted IS NULL`,
    `INSERT INTO alert (id, scope, kind, series, rule, rank, term, once, state, data, is_announced, fired_at)
     VALUES (gen_random_uuid(), '${number}', 'license-expiring', 's', 'r', 1, '', '', 'fired', '{}', true, ${at})`,
  ];
}
