import { statusOf } from "@/agent/status";
import { listAssignments } from "@/server/assignments/lists/assignment-list";
import { monthUsage } from "@/server/consumption/usage";
import { runCheck } from "@/server/maintenance/check";
import type { Scene } from "./scene";
import { keyOf } from "./terms";

/** What differs between server, agents and model once everybody is back. */
export async function atRest(scene: Scene): Promise<string[]> {
  return [
    ...(await serverDifferences(scene)),
    ...agentDifferences(scene),
    ...offlineDifferences(scene),
    ...(await brokenRules()),
  ];
}

async function serverDifferences({ license, model, timeline }: Scene): Promise<string[]> {
  const now = new Date(timeline.now());
  const { items } = await listAssignments(license, { limit: 100_000 }, now);
  const seats = apart("the server's seats", items.map(lineOf), model.seats.live().map(lineOf));
  const months = await Promise.all(
    ["2026-03", "2026-04"].map(async (month) =>
      (await monthUsage(license, month, now)).allotments
        .filter(({ name, total }) => total !== model.minutes.total(name, month))
        .map(({ name, total }) => `${name} in ${month}: ${total}, not ${model.minutes.total(name, month)}`),
    ),
  );
  return [...seats, ...months.flat()];
}

function agentDifferences({ machines, model }: Scene): string[] {
  const expected = model.seats.live().map(lineOf);
  return machines.flatMap(({ name, life }) => {
    if (!life) return [`${name} is off`];
    const { agent } = life;
    const { waiting, error } = statusOf(agent.state(), agent.now(), null);
    const isQuiet = waiting.patches === 0 && waiting.minutes === 0 && !error;
    const noise = isQuiet ? [] : [`${name} still waits: ${JSON.stringify({ waiting, error })}`];
    return [...noise, ...apart(`the seats of ${name}`, agent.assignments().map(lineOf), expected)];
  });
}

/**
 * A deployment without a network has no seat that the server doesn't know. The server can have more: if it is an
 * earlier one, a seat is given that an earlier reply rejected.
 */
function offlineDifferences({ offline, model: { seats } }: Scene): string[] {
  const agent = offline.machine.life?.agent;
  const { log = "" } = agent?.state().logs.assignments ?? {};
  const known = new Set(seats.heldBy(log));
  const held = (agent?.assignments() ?? []).map((seat) => `${keyOf(seat.allotment)} ${seats.hashOf(seat)}`);
  return held
    .filter((seat) => !known.has(seat))
    .map((seat) => `the deployment without a network has ${seat}, unknown to the server`);
}

function lineOf({ subject, allotment }: { subject: string; allotment: string }): string {
  return `${keyOf(allotment)} ${keyOf(subject)}`;
}

function apart(what: string, found: string[], expected: string[]): string[] {
  const [has, wants] = [new Set(found), new Set(expected)];
  const strange = found.filter((line) => !wants.has(line));
  const missing = expected.filter((line) => !has.has(line));
  if (strange.length + missing.length === 0) return [];
  return [`${what} differ: misses ${missing.join(", ") || "none"}; has ${strange.join(", ") || "none"}`];
}

async function brokenRules(): Promise<string[]> {
  const broken = (await runCheck()).filter((rule) => rule.broken > 0);
  return broken.map(({ rule, first }) => `the store breaks "${rule}": ${first.join(", ")}`);
}
