import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { freeUnits, localAssignmentsOf, liveSeats as localSeats, seatsOf } from "@/agent/local-assignments";
import { type License as AgentLicense, freshState } from "@/agent/state";
import { foldSubject } from "@/domain/assignments/subject";
import { mergeReply } from "@/domain/assignments/sync-client";
import type { Definition } from "@/domain/licenses/definition";
import { SYSTEM } from "@/server/access/actor";
import { seatPlanner } from "@/server/assignments/changes/assignment-planning";
import { listAssignments } from "@/server/assignments/lists/assignment-list";
import type { WirePatch } from "@/server/assignments/log/assignments";
import { allotmentsByLicense } from "@/server/licenses/license-allotments";
import { putDefinition } from "@/server/licenses/license-definitions";
import { licenseByNumber } from "@/server/licenses/licenses";
import { runCheck } from "@/server/maintenance/check";
import { store } from "@/server/store/store";
import { NOW, OWNER, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { deletion, deploymentOf, patchFor, sync } from "@/server/testing/test-syncs";
import { declareAlias, removeAlias } from "./alias-changes";
import { listAliases } from "./alias-list";

useStore();

afterAll(async () => {
  expect((await runCheck()).filter(({ broken }) => broken > 0)).toEqual([]);
});

const UNITS = 3;
const POOLS = [seats("analyzer", UNITS), seats("professional", 1)];
const SUBJECTS = ["acme\\bob", "ACME\\Bob", "bob@acme.example", "bob", "eve"];

type Made = Awaited<ReturnType<typeof deploymentOf>>;

const subject = fc.constantFrom(...SUBJECTS);
const allotment = fc.constantFrom("analyzer", "analyzer", "professional");
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant("add" as const), subject, allotment, life: fc.nat(2) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("release" as const), nth: fc.nat(4) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("unadd" as const), subject, allotment, life: fc.nat(2) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("declare" as const), subject, alias: subject }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("undeclare" as const), nth: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("units" as const), units: fc.nat(UNITS) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const createdAt = (life: number) => new Date(NOW.getTime() + life).toISOString();

async function take({ number, caller }: Made, one: Step): Promise<unknown> {
  const scope = { license: number, actor: { kind: "user" as const, id: OWNER.id }, now: NOW };
  const patch = (subject: string, allotment: string, life: number) =>
    patchFor(number, subject, { allotment, created: createdAt(life) });
  switch (one.do) {
    case "add":
      return sync(caller, [patch(one.subject, one.allotment, one.life)]);
    case "unadd":
      return sync(caller, [{ ...patch(one.subject, one.allotment, one.life), deleted: NOW.toISOString() }]);
    case "release": {
      const row = (await sync(caller)).patches[one.nth];
      return row && sync(caller, [deletion(row)]);
    }
    case "declare":
      return declareAlias(scope, one).catch(refusedOnly);
    case "units": {
      const { definition } = await licenseByNumber(number, NOW);
      const allotments = [seats("analyzer", one.units), seats("professional", 1)];
      return putDefinition(number, { ...definition, allotments }, null, false, SYSTEM, NOW);
    }
    case "undeclare": {
      const alias = (await listAliases(number, { limit: 10 })).items[one.nth];
      return alias && removeAlias(scope, alias.id);
    }
  }
}

function refusedOnly(error: { code?: string }): void {
  expect(["SAME_SUBJECT", "ALIAS_CHAIN"]).toContain(error.code);
}

/** The rows of a snapshot as an agent keeps them. */
function agentOf(number: string, definition: Definition, patches: WirePatch[]) {
  const license: AgentLicense = {
    ...{ key: "k", number, jws: "", version: "1", status: "active", etag: null },
    ...{ leaseEnd: NOW.getTime() + 1e9, refreshAfter: 86_400, syncEvery: 600 },
    definition,
    settings: { autoAssignProfessional: false, autoAssignAnalyzer: false, subjectMatching: "folded" },
  };
  const state = freshState("here", { wall: NOW.getTime(), ticks: 0 });
  const reply = { bases: [{ license: number, version: 1, epoch: "" }], patches, snapshot: true as const };
  const merged = { ...state, ...mergeReply(state, 0, reply) };
  return { license, roster: localAssignmentsOf(merged, license) };
}

test("live counts, free units and excess agree everywhere, whatever is declared and removed", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 14 }), async (steps) => {
      const made = await deploymentOf(POOLS);
      for (const one of steps) await take(made, one);
      const { number, caller } = made;
      const { patches } = await sync(caller);
      const { items } = await listAssignments(number, { limit: 100 }, NOW);
      const shown = (await allotmentsByLicense([number], NOW)).get(number) ?? [];
      const stored = await store().db.allotment.findMany({ where: { licenseNumber: number } });
      const { definition } = await licenseByNumber(number, NOW);
      const { roster, license } = agentOf(number, definition, patches);
      for (const pool of definition.allotments) {
        const held = patches.filter((row) => row.allotment === pool.name);
        const units = pool.units[0]?.count ?? 0;
        expect(stored.find(({ key }) => key === pool.name)?.live).toBe(held.length);
        expect(shown.find(({ name }) => name === pool.name)).toMatchObject({ live: held.length });
        expect(items.filter((seat) => seat.allotment === pool.name)).toHaveLength(held.length);
        expect(localSeats(roster, pool.name)).toBe(held.length);
        expect(freeUnits(roster, pool, NOW.getTime())).toBe(units - held.length);
        const { decide } = await seatPlanner(number, NOW);
        const fits = [0, 1, 2, 3].map((n) => decide({ subject: `new${n}`, allotment: pool.name }, n).outcome);
        expect(fits.filter((outcome) => outcome === "add")).toHaveLength(Math.max(0, units - held.length));
        expect(held.filter(({ excess }) => excess)).toHaveLength(Math.max(0, held.length - units));
      }
      for (const row of patches) {
        const listed = items.find(({ instance }) => instance === row.instance);
        expect(listed?.state).toBe(row.excess ? "excess" : "active");
        for (const text of [row.subject, ...(row.aliases ?? [])]) {
          const own = seatsOf(roster, license, text, NOW.getTime());
          const seat = own.find((one) => one.row?.instance === row.instance);
          expect(seat?.isExcess).toBe(row.excess ?? false);
        }
      }
      const texts = patches.flatMap((row) =>
        [row.subject, ...(row.aliases ?? [])].map((text) => `${row.allotment} ${foldSubject(text)}`),
      );
      expect(new Set(texts).size).toBe(texts.length);
    }),
    { numRuns: 12, seed: 14 },
  );
});
