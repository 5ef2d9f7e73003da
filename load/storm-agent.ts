import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import {
  doneTask,
  dueTasks,
  failedTask,
  firstPlan,
  nextWake,
  type Plan,
  TASKS,
  type Task,
} from "@/agent/schedule";
import type { RawResponse } from "@/bench/connection";
import { type BenchLicense, type Exchange, SCENARIOS } from "@/bench/scenarios";
import { type Base, newPatch, type SyncReply } from "@/e2e/product";
import type { Random } from "@/server/sample/random";
import { attempt, type Caller, header, isTaken, retryAfter, type Target } from "./callers";
import type { Stand } from "./stand";
import type { Times } from "./times";

/** An agent as the server sees it: its calls, their order and their times are those of `agent/`. */
export type StormAgent = {
  caller: Caller;
  base: Base;
  etag: string;
  /** Its machine was restarted in the outage: then it activates. */
  isRestarted: boolean;
  /** A user got a seat in the outage. */
  isAdded: boolean;
  plan: Plan;
};

type Storm = { planned: number; random: Random; calls: Times };

const PACE = { refreshAfter: 86_400, syncEvery: 600 };
const RESTARTED = 0.2;
const ADDED = 0.25;
/** Attempts that failed in the outage. */
const FAILURES = 4;

/** An agent that has entered its key, and has its definition and all assignments. */
export async function settle({ target }: Stand, site: BenchLicense, random: Random): Promise<StormAgent> {
  const agent: StormAgent = {
    caller: { source: randomUUID(), site, connection: null },
    ...{ base: { license: site.license, version: 0 }, etag: "" },
    ...{ isRestarted: random.chance(RESTARTED), isAdded: random.chance(ADDED) },
    plan: firstPlan(0, () => 0),
  };
  const terms = await before(agent, target, activation(agent));
  agent.etag = header(terms, "etag") ?? "";
  await before(agent, target, sync(agent, false));
  hangUp(agent);
  return agent;
}

async function before({ caller }: StormAgent, target: Target, exchange: Exchange): Promise<RawResponse> {
  for (;;) {
    const response = await attempt(caller, target, exchange);
    if (isTaken(response, exchange, true)) return response;
    await pause((retryAfter(response) ?? 1) * 1000);
  }
}

/** Does all that an outage left to do, and tries again as long as the agent would. */
export async function reconnect(agent: StormAgent, { totals, target }: Stand, storm: Storm): Promise<void> {
  const { random, calls } = storm;
  const exchanges = exchangesOf(agent, totals);
  const left = new Set(TASKS);
  agent.plan = { ...firstPlan(storm.planned, () => 0), failures: FAILURES };
  let begun = storm.planned;
  while (left.size > 0) {
    await pause(Math.max(0, nextWake(agent.plan) - performance.now()));
    for (const task of dueTasks(agent.plan, performance.now()).filter((due) => left.has(due))) {
      const response = await attempt(agent.caller, target, exchanges[task]);
      calls.record(performance.now() - begun);
      begun = performance.now();
      if (isTaken(response, exchanges[task], true)) {
        left.delete(task);
        agent.plan = doneTask(agent.plan, task, PACE, performance.now(), random.next);
      } else {
        agent.plan = failedTask(agent.plan, retryAfter(response), performance.now(), random.next);
        begun = agent.plan.notBefore;
        break;
      }
    }
  }
  hangUp(agent);
}

/** The requests of a round; one that is repeated is the same. */
function exchangesOf(agent: StormAgent, totals: Stand["totals"]): Record<Task, Exchange> {
  const { site, source } = agent.caller;
  const month = new Date().toISOString().slice(0, 7);
  return {
    definition: agent.isRestarted ? activation(agent) : refresh(agent),
    sync: sync(agent, agent.isAdded),
    report: SCENARIOS.lateReport(totals, site, source),
    totals: read(`/v1/consumption?month=${month}&source=${source}`),
  };
}

function activation(agent: StormAgent): Exchange {
  const { source } = agent.caller;
  return { path: "/v1/activations", body: { cause: "Update", source }, accept: () => {} };
}

function refresh({ etag, caller }: StormAgent): Exchange {
  return { ...read(`/v1/definition?source=${caller.source}`), headers: `If-None-Match: ${etag}\r\n` };
}

function read(path: string): Exchange {
  return { method: "GET", path, body: {}, accept: () => {} };
}

function sync(agent: StormAgent, isAdding: boolean): Exchange {
  const { site, source } = agent.caller;
  const patches = isAdding ? [newPatch(site.license, `STORM\\${source}`)] : [];
  return {
    path: "/v1/assignments/sync",
    body: { source, bases: [agent.base], patches },
    accept(text) {
      const { bases, patches: received }: SyncReply = JSON.parse(text);
      const refused = received.some(({ rejection }) => rejection);
      const isMissing = isAdding && !received.some(({ subject }) => subject === patches[0]?.subject);
      if (!bases[0] || refused || isMissing) throw new Error(text);
      agent.base = bases[0];
    },
  };
}

function hangUp({ caller }: StormAgent): void {
  caller.connection?.close();
  caller.connection = null;
}
