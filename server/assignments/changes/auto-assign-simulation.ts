import { type AutoAssign, type AutoAssigned, autoAssigner } from "@/domain/assignments/auto-assign";
import { acceptsAssignments } from "@/domain/licenses/lease";
import { nothingHere } from "@/domain/refusals/refusal";
import { userKeys } from "@/server/assignments/aliases/user-keys";
import { listRejections, type Rejection } from "@/server/assignments/lists/rejections";
import { currentDefinition } from "@/server/licenses/definitions";
import { allotmentsByLicense } from "@/server/licenses/license-allotments";
import { store } from "@/server/store/store";
import { seatPlanner } from "./assignment-planning";

/** The result that auto-assign would have had for users who asked for a seat in the last 30 days and hold none. */
export type AutoAssignEffect = {
  people: number;
  given: { allotment: string; class: "assigned" | "time"; count: number }[];
  refused: number;
  /** Some of them, in the order of their first request. */
  shown: { subject: string; gets: AutoAssigned }[];
};

const SHOWN = 100;
const PAGE = 1000;

export async function simulateAutoAssign(
  license: string,
  on: AutoAssign,
  now: Date,
): Promise<AutoAssignEffect> {
  const row = await store().db.license.findUnique({
    where: { number: license },
    select: { definitionId: true, subjectMatching: true, hasAliases: true, graceDays: true },
  });
  if (!row) throw nothingHere();
  const { valid } = await currentDefinition(license, row.definitionId);
  const accepts = acceptsAssignments(valid, now, row.graceDays);
  const asked = await askers(license, await userKeys(license, row));
  const { heldBy } = await seatPlanner(license, now, asked);
  const next = autoAssigner((await allotmentsByLicense([license], now)).get(license) ?? [], on);
  const all = asked
    .filter((subject) => heldBy(subject).length === 0)
    .map((subject) => ({ subject, gets: accepts ? next() : null }));
  return { people: all.length, ...summed(all), shown: all.slice(0, SHOWN) };
}

/** The users who were refused a seat, each once, in the order of their first request. */
async function askers(license: string, keyOf: (subject: string) => string): Promise<string[]> {
  const rejections: Rejection[] = [];
  for (let cursor: string | undefined | null; cursor !== null; ) {
    const page = await listRejections(license, { limit: PAGE, cursor });
    rejections.push(...page.items);
    cursor = page.cursor;
  }
  const first = new Map<string, string>();
  for (const { subject } of rejections.toSorted((a, b) => a.first.getTime() - b.first.getTime()))
    if (!first.has(keyOf(subject))) first.set(keyOf(subject), subject);
  return [...first.values()];
}

function summed(all: readonly { gets: AutoAssigned }[]): Pick<AutoAssignEffect, "given" | "refused"> {
  const given = new Map<string, AutoAssignEffect["given"][number]>();
  for (const { gets } of all)
    if (gets) given.set(gets.allotment, { ...gets, count: (given.get(gets.allotment)?.count ?? 0) + 1 });
  return { given: [...given.values()], refused: all.filter(({ gets }) => gets === null).length };
}
