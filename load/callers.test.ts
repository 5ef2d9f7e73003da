import { expect, test } from "vitest";
import { callersOf } from "./callers";

const SITES = ["1", "2"].map((license) => ({ license, key: "", version: 0 }));

/** Work that ends when it is told to, and says who does it. */
function work() {
  let end = () => {};
  const ended = new Promise<void>((done) => {
    end = done;
  });
  const sources: string[] = [];
  const run = async ({ source }: { source: string }) => {
    sources.push(source);
    await ended;
  };
  return { run, sources, end };
}

test("the deployment that waited longest calls next", async () => {
  const { turn } = callersOf(SITES, 2);
  const sources = [];
  for (let nth = 0; nth < 3; nth += 1) sources.push(await turn(async ({ source }) => source));
  expect(new Set(sources).size).toBe(2);
  expect(sources[2]).toBe(sources[0]);
});

test("a deployment never sends two requests at once: another one calls, up to so many, and then a call waits", async () => {
  const { turn } = callersOf(SITES, 1, 2);
  const [first, second, third] = [work(), work(), work()];
  const turns = [turn(first.run), turn(second.run), turn(third.run)];
  expect([first, second, third].map(({ sources }) => sources.length)).toEqual([1, 1, 0]);
  expect(first.sources).not.toEqual(second.sources);
  second.end();
  await turns[1];
  third.end();
  await turns[2];
  expect(third.sources).toEqual(second.sources);
  first.end();
  await Promise.all(turns);
});
