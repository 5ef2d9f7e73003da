import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test, vi } from "vitest";
import { newFolder } from "./test-agent";
import { TestBackend } from "./test-backend";

vi.setConfig({ testTimeout: 180_000 });

const VICTIM = fileURLToPath(new URL("./kill-victim.ts", import.meta.url));

type Victim = { process: ChildProcess; url: string };

/** Numbers that look random and are the same for a seed. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

async function started(backend: TestBackend, data: string, killAt: number): Promise<Victim | null> {
  const env = { ...process.env, VICTIM: JSON.stringify({ backend: backend.url, data, killAt }) };
  const child = spawn(process.execPath, ["--import", "tsx", VICTIM], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const line = once(child.stdout, "data").then(([text]) => String(text).trim());
  const died = once(child, "exit").then(() => null);
  const url = await Promise.race([line, died]);
  return url === null ? null : { process: child, url };
}

/** What it answered; null when it died before. */
async function call(victim: Victim | null, method: string, path: string, body?: object) {
  const options = {
    method,
    headers: { "content-type": "application/json" },
    body: body && JSON.stringify(body),
  };
  const answer = await fetch(`${victim?.url}${path}`, options).catch(() => null);
  if (!answer || answer.status >= 500) return null;
  return answer.status === 204 ? {} : answer.json().catch(() => null);
}

test.each([1, 2, 3, 4])(
  "killed at steps of seed %i it loses nothing that it acknowledged, and doubles nothing",
  async (seed) => {
    const random = randomOf(seed);
    const backend = await TestBackend.open(Date.now);
    onTestFinished(() => backend.close());
    const [analyzer, ...others] = backend.definition.allotments;
    backend.definition = {
      ...backend.definition,
      allotments: [Object.assign({}, analyzer, { units: [{ count: 1000, valid: "" }] }), ...others],
    };
    const data = newFolder();
    const key = await backend.newKey();
    const acknowledged = { minutes: 0, seats: new Set<string>() };
    let asked = 0;

    for (let life = 0; life < 4; life++) {
      const victim = await started(backend, data, 4 + Math.floor(random() * 40));
      await call(victim, "PUT", "/v1/license", { key });
      for (let step = 0; step < 25; step++) {
        const subject = `user${seed}-${life}-${step}`;
        asked += 6;
        const charged = await call(victim, "POST", "/v1/time", { minutes: 6, subject });
        if (charged) acknowledged.minutes += charged.charged;
        if (
          random() < 0.5 &&
          (await call(victim, "POST", "/v1/assignments", { subject, allotment: "analyzer" }))
        )
          acknowledged.seats.add(subject);
        if (random() < 0.3) await call(victim, "POST", "/v1/sync");
      }
      victim?.process.kill("SIGKILL");
      if (victim && victim.process.exitCode === null && victim.process.signalCode === null)
        await once(victim.process, "exit");
    }

    const last = await started(backend, data, -1);
    await call(last, "PUT", "/v1/license", { key });
    await call(last, "POST", "/v1/sync");
    const month = new Date().toISOString().slice(0, 7);
    expect(backend.total(month)).toBeGreaterThanOrEqual(acknowledged.minutes);
    expect(backend.total(month)).toBeLessThanOrEqual(asked);
    const view = await call(last, "GET", "/v1/license");
    expect(view.time).toMatchObject([{ used: backend.total(month), unreported: 0 }]);
    const live = backend.seats.live().map(({ subject }) => subject);
    expect(live).toEqual(expect.arrayContaining([...acknowledged.seats]));
    expect(new Set(live).size).toBe(live.length);
    last?.process.kill("SIGKILL");
  },
);
