import fc from "fast-check";
import { expect, test } from "vitest";
import { decided } from "@/agent/access";
import { localAssignmentsOf, seatsByAllotment } from "@/agent/local-assignments";
import { freshState, type License as KnownLicense, type State } from "@/agent/state";
import { mergeReply } from "@/domain/assignments/sync-client";
import type { Allotment, Definition } from "@/domain/licenses/definition";
import { SYSTEM } from "@/server/access/actor";
import { listAssignments } from "@/server/assignments/lists/assignment-list";
import { viewCounts } from "@/server/assignments/lists/assignment-views";
import { allotmentsByLicense } from "@/server/licenses/license-allotments";
import { putDefinition } from "@/server/licenses/license-definitions";
import { minutes, NOW, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { deploymentOf, patchFor, sync } from "@/server/testing/test-syncs";

useStore();

const at = (minute: number) => new Date(NOW.getTime() + minute * 60_000);

function definition(allotments: Allotment[]): Definition {
  return { product: "QSEfW", valid: "", trial: false, allotments, parameters: [] };
}

/** The state of an agent that followed the license under this definition. */
function agentOf(of: Definition, number: string, reply: Awaited<ReturnType<typeof sync>>, now: Date): State {
  const settings = {
    autoAssignProfessional: false,
    autoAssignAnalyzer: false,
    subjectMatching: "folded",
  } as const;
  const pace = { refreshAfter: 86_400, syncEvery: 600, etag: null, leaseEnd: now.getTime() + 1e9 };
  const terms = { jws: "", definition: of, version: "1", status: "active", settings, ...pace } as const;
  const license: KnownLicense = { key: "k", number, ...terms };
  const nothing = { base: null, rows: new Map(), outbox: [], paging: null };
  const fresh = freshState("s", { wall: now.getTime(), ticks: 0 });
  return { ...fresh, license, ...mergeReply(nothing, 0, reply) };
}

/** The assignments in excess according to management, sync and an agent. */
async function excessOf(number: string, caller: Parameters<typeof sync>[0], of: Definition, now: Date) {
  const { items } = await listAssignments(number, { limit: 200 }, now);
  const listed = items.filter(({ state }) => state === "excess");
  const reply = await sync(caller, [], { now });
  const state = agentOf(of, number, reply, now);
  const held = state.license
    ? seatsByAllotment(localAssignmentsOf(state, state.license), state.license, now.getTime())
    : [];
  const names = (all: { allotment: string; subject: string }[]) =>
    all.map(({ allotment, subject }) => `${allotment.toLowerCase()} ${subject}`).sort();
  return {
    state,
    held: held.length,
    management: names(listed),
    sync: names(reply.patches.filter(({ excess }) => excess)),
    agent: names(held.filter((seat) => seat.state === "excess")),
  };
}

test("a user of an allotment that was dropped from the definition is in excess everywhere", async () => {
  const { number, caller, add } = await deploymentOf([seats("Analyzer", 3), minutes("analyzer_time", 10)]);
  await add("ann", "bob", "eve");
  const dropped = definition([seats("professional", 5), minutes("analyzer_time", 10)]);
  await putDefinition(number, dropped, null, false, SYSTEM, at(1));
  const { state, ...told } = await excessOf(number, caller, dropped, at(2));
  const all = ["analyzer ann", "analyzer bob", "analyzer eve"];
  expect(told).toEqual({ held: 3, management: all, sync: all, agent: all });
  expect(decided(state, "EVE", at(2).getTime())).toMatchObject({ granted: false, reason: "EXCESS" });
  expect(await viewCounts(number, at(2))).toMatchObject({ all: 3, excess: 3 });
  const [, , allotment] = (await allotmentsByLicense([number], at(2))).get(number) ?? [];
  expect(allotment).toMatchObject({ name: "Analyzer", live: 3, units: 0, state: "excess", isDropped: true });
});

test("management, sync and agents agree on excess for any definition", async () => {
  const names = ["analyzer", "professional", "viewer"];
  const { number, caller } = await deploymentOf(names.map((name) => seats(name, 6)));
  const patches = names.flatMap((allotment) =>
    ["a", "b", "c", "d"].map((subject) => patchFor(number, subject, { allotment })),
  );
  await sync(
    caller,
    patches.toSorted((a, b) => (a.subject < b.subject ? -1 : 1)),
  );
  const units = fc.oneof(
    fc.record({
      count: fc.nat(6),
      valid: fc.constantFrom("", "2026-08-24/.", "./2026-08-23", "2027-01-01/."),
    }),
    fc.constant(null),
  );
  let minute = 1;
  await fc.assert(
    fc.asyncProperty(fc.tuple(units, units, units), async (all) => {
      const allotments = all.flatMap((one, i) => (one ? [seats(names[i] ?? "", one.count, one.valid)] : []));
      const of = definition(allotments);
      await putDefinition(number, of, null, false, SYSTEM, at(minute++));
      const { management, sync: wire, agent } = await excessOf(number, caller, of, at(minute++));
      expect(wire).toEqual(management);
      expect(agent).toEqual(management);
      expect((await viewCounts(number, at(minute))).excess).toBe(management.length);
      const pools = (await allotmentsByLicense([number], at(minute))).get(number) ?? [];
      const over = pools.map((allotment) =>
        allotment.class === "assigned" ? Math.max(0, allotment.live - allotment.units) : 0,
      );
      expect(over.reduce((sum, count) => sum + count, 0)).toBe(management.length);
    }),
    { numRuns: 25 },
  );
});
