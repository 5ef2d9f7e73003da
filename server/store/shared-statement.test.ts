import { expect, test } from "vitest";
import { Refusal } from "@/domain/refusals/refusal";
import { sharedStatement } from "./shared-statement";
import { arrival, OutcomeUnknown, withEffects } from "./statement-result";

type Report = { id: number; lane?: string; facts?: string; weight?: number; poison?: boolean };

/** A statement whose runs wait until they are released, and that fails if it has a poison request. */
function held({
  atOnce = 1,
  maxElements = 100,
  maxWaiting = 1000,
  maxWaitMs = 1000,
  failure = new Error("poison"),
  clock = (): number => 0,
  gathers = false,
  onRun = (): unknown => null,
} = {}) {
  const runs: { ids: number[]; finish: () => void }[] = [];
  const send = sharedStatement<Report, string>({
    what: "reports",
    run: async (reports) => {
      onRun();
      await new Promise<void>((finish) => runs.push({ ids: reports.map(({ id }) => id), finish }));
      if (reports.some(({ poison }) => poison)) throw failure;
      return reports.map(({ id }) => `answer ${id}`);
    },
    weight: ({ weight = 1 }) => weight,
    lane: ({ id, lane = `lane of ${id}` }) => lane,
    facts: ({ facts = "" }) => facts,
    maxElements,
    maxWaiting,
    maxWaitMs,
    atOnce,
    clock,
    gathers,
  });
  /** Releases every run until none is left, and returns which requests shared each. */
  const finishAll = async () => {
    for (let next = 0; next < runs.length; next += 1) {
      runs[next]?.finish();
      await new Promise(setImmediate);
    }
    return runs.map(({ ids }) => ids);
  };
  return { send, runs, finishAll };
}

test("the first request runs alone at once; those that arrive meanwhile share the next statement", async () => {
  const { send, finishAll } = held();
  const answers = [1, 2, 3, 4].map((id) => send({ id }));
  expect(await finishAll()).toEqual([[1], [2, 3, 4]]);
  expect(await Promise.all(answers)).toEqual(["answer 1", "answer 2", "answer 3", "answer 4"]);
});

test("simultaneous requests share a statement, including the first, and so do the next ones", async () => {
  const { send, runs, finishAll } = held({ gathers: true });
  const answers = [send({ id: 1 }), send({ id: 2 })];
  expect(runs).toEqual([]);
  await new Promise(setImmediate);
  answers.push(send({ id: 3 }), send({ id: 4 }));
  expect(await finishAll()).toEqual([
    [1, 2],
    [3, 4],
  ]);
  expect(await Promise.all(answers)).toEqual([1, 2, 3, 4].map((id) => `answer ${id}`));
});

test("no request is answered before its own statement has ended", async () => {
  const { send, runs, finishAll } = held();
  let answered = 0;
  const answers = [1, 2, 3].map((id) => send({ id }).then(() => (answered += 1)));
  await new Promise(setImmediate);
  expect(answered).toBe(0);
  runs[0]?.finish();
  await new Promise(setImmediate);
  expect(answered).toBe(1);
  await finishAll();
  await Promise.all(answers);
  expect(answered).toBe(3);
});

test("a poison request fails alone", async () => {
  const { send, finishAll } = held();
  const answers = [1, 2, 3, 4].map((id) => send({ id, poison: id === 3 }));
  const settled = Promise.allSettled(answers);
  expect(await finishAll()).toEqual([[1], [2, 3, 4], [2], [3], [4]]);
  expect((await settled).map(({ status }) => status)).toEqual([
    "fulfilled",
    "fulfilled",
    "rejected",
    "fulfilled",
  ]);
});

test("a store that is away fails everyone at once: running it again would only wait longer", async () => {
  const away = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
  const { send, finishAll } = held({ failure: away });
  const settled = Promise.allSettled([1, 2, 3].map((id) => send({ id, poison: true })));
  expect(await finishAll()).toEqual([[1], [2, 3]]);
  expect((await settled).every(({ status }) => status === "rejected")).toBe(true);
});

test("a statement without a response may have been committed: it is never run again", async () => {
  const lost = new OutcomeUnknown(new Error("Connection terminated unexpectedly"));
  const { send, finishAll } = held({ failure: lost });
  const settled = Promise.allSettled([1, 2, 3].map((id) => send({ id, poison: id > 1 })));
  expect(await finishAll()).toEqual([[1], [2, 3]]);
  expect((await settled).slice(1)).toEqual([
    { status: "rejected", reason: lost },
    { status: "rejected", reason: lost },
  ]);
});

test("a statement has the deadline of its oldest request, and none if nobody waits for a response", async () => {
  const seen: number[] = [];
  const { send, finishAll } = held({ onRun: () => seen.push(arrival()) });
  const command = send({ id: 1 });
  const requests = [7, 5].map((arrived) => withEffects(() => send({ id: arrived }), arrived));
  await finishAll();
  await Promise.all([command, ...requests]);
  expect(seen).toEqual([Number.POSITIVE_INFINITY, 5]);
});

test("a request that waited too long is refused before anything is sent; later ones continue", async () => {
  let now = 0;
  const { send, runs, finishAll } = held({ maxWaitMs: 1000, clock: () => now });
  const first = send({ id: 1 });
  const late = send({ id: 2 }).catch((error: unknown) => error);
  now = 500;
  const onTime = send({ id: 3 });
  now = 1001;
  expect(await finishAll()).toEqual([[1], [3]]);
  expect(await Promise.all([first, onTime])).toEqual(["answer 1", "answer 3"]);
  expect(await late).toMatchObject({ code: "OVERLOADED", retryAfter: 5 });
  expect(runs.flatMap(({ ids }) => ids)).not.toContain(2);
});

test("a request that arrived long ago and joins the queue late is refused too, and the statement keeps its time", async () => {
  let now = 500;
  const { send, finishAll } = held({ maxWaitMs: 1000, clock: () => now });
  const answers = [send({ id: 1 }), send({ id: 2 })];
  const late = withEffects(() => send({ id: 3 }), 0).catch((error: unknown) => error);
  now = 1001;
  expect(await finishAll()).toEqual([[1], [2]]);
  expect(await Promise.all(answers)).toEqual(["answer 1", "answer 2"]);
  expect(await late).toMatchObject({ code: "OVERLOADED" });
});

test("the queue continues after a failure", async () => {
  const { send, finishAll } = held();
  const failed = send({ id: 1, poison: true }).catch(() => "failed");
  await finishAll();
  const next = send({ id: 2 });
  await finishAll();
  expect(await Promise.all([failed, next])).toEqual(["failed", "answer 2"]);
});

test("a statement has no more elements than the limit, and one request is never split", async () => {
  const { send, finishAll } = held({ maxElements: 10 });
  const sent = [1, 6, 4, 1, 25].map((weight, id) => send({ id, weight }));
  expect(await finishAll()).toEqual([[0], [1, 2], [3], [4]]);
  await Promise.all(sent);
});

test("requests of one lane with different facts don't share a statement, and keep their order", async () => {
  const { send, finishAll } = held();
  const sent = [
    send({ id: 0 }),
    send({ id: 1, lane: "L", facts: "a" }),
    send({ id: 2, lane: "L", facts: "b" }),
    send({ id: 3, lane: "L", facts: "a" }),
    send({ id: 4, lane: "M", facts: "b" }),
    send({ id: 5, lane: "L", facts: "b" }),
  ];
  expect(await finishAll()).toEqual([[0], [1, 3, 4], [2, 5]]);
  await Promise.all(sent);
});

test("a full queue refuses with 503 and a time to retry, and accepts again once it has emptied", async () => {
  const { send, finishAll } = held({ maxWaiting: 5 });
  const sent = [send({ id: 0 }), send({ id: 1, weight: 5 })];
  const refusal = await send({ id: 2 }).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(Refusal);
  expect(refusal).toMatchObject({ code: "OVERLOADED", retryAfter: 5 });
  await finishAll();
  await Promise.all(sent);
  const later = send({ id: 3, weight: 5 });
  await finishAll();
  expect(await later).toBe("answer 3");
});

test("as many statements run side by side as allowed", async () => {
  const { send, runs, finishAll } = held({ atOnce: 2 });
  const sent = [0, 1, 2, 3].map((id) => send({ id }));
  expect(runs.map(({ ids }) => ids)).toEqual([[0], [1]]);
  expect(await finishAll()).toEqual([[0], [1], [2, 3]]);
  await Promise.all(sent);
});
