import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { expect, onTestFinished, test, vi } from "vitest";
import { bundle } from "@/bin/bundle.mjs";
import { newFolder } from "./test-agent";
import { TestBackend } from "./test-backend";
import { witnessFile } from "./witness";

vi.setConfig({ testTimeout: 180_000 });

const VICTIM = await bundle("agent/kill-victim.ts");
/** `npm run test:all` asks for more seeds. */
const SEEDS = process.env.SIGNET_TEST === "all" ? [1, 2, 3] : [1];
const LIVES = 4;
const TURNS = 25;
/** In minutes; a call that was cut off may have charged one block. */
const BLOCK = 6;

type Victim = { process: ChildProcess; url: string; died: Promise<null> };

/** Pseudo-random numbers that are the same for a seed. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

async function started(backend: TestBackend, data: string, killAt: number): Promise<Victim | null> {
  const env = { ...process.env, VICTIM: JSON.stringify({ backend: backend.url, data, killAt }) };
  const child = spawn(process.execPath, [VICTIM], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const line = once(child.stdout, "data").then(([text]) => String(text).trim());
  const died = once(child, "exit").then(() => null);
  const url = await Promise.race([line, died]);
  return url === null ? null : { process: child, url, died };
}

/** The response body; null if the process died first. */
async function call(victim: Victim | null, method: string, path: string, body?: object) {
  const options = {
    method,
    headers: { "content-type": "application/json" },
    body: body && JSON.stringify(body),
  };
  const response = await fetch(`${victim?.url}${path}`, options).catch(() => null);
  if (!response || response.status >= 500) return null;
  return response.status === 204 ? {} : response.json().catch(() => null);
}

/** What was acknowledged, which must be kept forever. */
type Acknowledged = { minutes: number; seats: Set<string> };

/** Calls the victim until it dies, which happens within these calls. */
async function workUntilDeath(victim: Victim | null, name: string, random: () => number, held: Acknowledged) {
  for (let turn = 0; turn < TURNS; turn++) {
    const subject = `${name}-${turn}`;
    const charged = await call(victim, "POST", "/v1/time", { minutes: BLOCK, subject });
    held.minutes += charged?.charged ?? 0;
    const seat = { subject, allotment: "analyzer" };
    if (random() < 0.5 && (await call(victim, "POST", "/v1/assignments", seat))) held.seats.add(subject);
    if (random() < 0.3) await call(victim, "POST", "/v1/sync");
  }
  await victim?.died;
  expect(victim?.process.signalCode ?? "SIGKILL").toBe("SIGKILL");
}

async function crowdedBackend(): Promise<TestBackend> {
  const backend = await TestBackend.open(Date.now);
  onTestFinished(() => backend.close());
  const [analyzer, ...others] = backend.definition.allotments;
  const many = Object.assign({}, analyzer, { units: [{ count: 1000, valid: "" }] });
  backend.definition = { ...backend.definition, allotments: [many, ...others] };
  return backend;
}

test.each(SEEDS)(
  "killed at steps of seed %i the agent loses and doubles nothing that it acknowledged",
  async (seed) => {
    const random = randomOf(seed);
    const backend = await crowdedBackend();
    const data = newFolder();
    const witness = witnessFile(data);
    onTestFinished(() => rmSync(witness ?? "", { force: true }));
    const key = await backend.newKey();
    const held: Acknowledged = { minutes: 0, seats: new Set() };

    for (let life = 0; life < LIVES; life++) {
      const victim = await started(backend, data, 4 + Math.floor(random() * 40));
      await call(victim, "PUT", "/v1/license", { key });
      await workUntilDeath(victim, `user${seed}-${life}`, random, held);
    }

    const last = await started(backend, data, -1);
    await call(last, "PUT", "/v1/license", { key });
    const status = await call(last, "POST", "/v1/sync");
    expect(status.waiting).toEqual({ patches: 0, minutes: 0 });
    const counted = [...backend.counted.values()].reduce((sum, { consumed }) => sum + consumed, 0);
    expect(counted).toBeGreaterThanOrEqual(held.minutes);
    expect(counted).toBeLessThanOrEqual(held.minutes + LIVES * BLOCK);
    const live = backend.seats.live().map(({ subject }) => subject);
    expect(live).toEqual(expect.arrayContaining([...held.seats]));
    expect(new Set(live).size).toBe(live.length);
    expect(live.length).toBeLessThanOrEqual(held.seats.size + LIVES);
  },
);
