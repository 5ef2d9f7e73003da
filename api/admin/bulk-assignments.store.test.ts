import { beforeEach, expect, test, vi } from "vitest";
import { listAssignments } from "@/server/assignments/lists/assignment-list";
import { makeLicense, minutes, NOW, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { type Client, clientAs } from "./test-client";

vi.stubEnv("LOG_LEVEL", "silent");
useStore();

let owner: Client;
let number: string;
beforeEach(async () => {
  owner = await clientAs({ role: "owner" });
  const allotments = [seats("professional", 2), seats("analyzer", 6000), minutes("time", 9)];
  ({ number } = await makeLicense({ allotments }));
});

type Item = {
  status: number;
  instance?: string;
  subject?: string;
  error?: { code: string; detail: string };
};
const bulk = async (action: string, body: object): Promise<Item[]> => {
  const response = await owner("POST", `/licenses/${number}/assignments/actions/${action}`, body);
  expect(response.status).toBe(207);
  return response.body.items;
};
const assign = (allotment: string, ...subjects: string[]) =>
  bulk("assign", { assignments: subjects.map((subject) => ({ subject, allotment })) });
const instancesOf = (items: Item[]) => items.flatMap(({ instance }) => instance ?? []);
const statusesOf = (items: Item[]) => items.map(({ status, error }) => error?.code ?? status);
const held = async (limit = 10) => {
  const { items, total } = await listAssignments(number, { limit, sort: "subject" }, NOW);
  return { total, seats: items.map(({ subject, allotment }) => `${subject} ${allotment}`) };
};

test("each item has its result in its position, whatever allotment it asks for", async () => {
  const assignments = [
    { subject: "a", allotment: "professional" },
    { subject: "b", allotment: "analyzer" },
    { subject: "c", allotment: "Professional" },
    { subject: "d", allotment: "professional" },
    { subject: "A", allotment: "professional" },
    { subject: "e", allotment: "time" },
    { subject: "f", allotment: "nothing" },
    { subject: "", allotment: "analyzer" },
  ];
  const items = await bulk("assign", { assignments });
  expect(statusesOf(items)).toEqual([
    ...[201, 201, 201, "NO_AVAILABLE_UNITS", 200],
    ...["NOT_ASSIGNABLE", "UNKNOWN_ALLOTMENT", "INVALID_SUBJECT"],
  ]);
  expect(items.map(({ status }) => status).slice(3)).toEqual([403, 200, 422, 422, 422]);
  expect(items.map(({ subject }) => subject)).toEqual(assignments.map(({ subject }) => subject));
  expect(items[4]?.instance).toBe(items[0]?.instance);
  expect(items[3]?.error?.detail).toContain("All 2 professional seats are taken.");
  expect((await held()).seats).toEqual(["a professional", "b analyzer", "c professional"]);
});

test("a request that is sent twice changes nothing more, and names the same seats", async () => {
  const first = await assign("analyzer", "a", "b");
  const again = await assign("analyzer", "a", "b");
  expect([statusesOf(first), statusesOf(again)]).toEqual([
    [201, 201],
    [200, 200],
  ]);
  expect(instancesOf(again)).toEqual(instancesOf(first));
  const instances = instancesOf(first);
  expect(statusesOf(await bulk("release", { instances }))).toEqual([200, 200]);
  expect(statusesOf(await bulk("release", { instances }))).toEqual([200, 200]);
  expect((await held()).total).toBe(0);
});

test("a release reports what never existed, and an instance that is none", async () => {
  const [seat = ""] = instancesOf(await assign("analyzer", "a"));
  const items = await bulk("release", { instances: ["42", seat, "x", seat] });
  expect(statusesOf(items)).toEqual(["NOT_FOUND", 200, "INVALID_INSTANCE", 200]);
});

test("a conversion keeps the seat of whoever can't get the other one, and moves nobody twice", async () => {
  const made = await assign("analyzer", "a", "b", "c");
  const instances = [...instancesOf(made), "42"];
  const items = await bulk("convert", { instances, allotment: "professional" });
  expect(statusesOf(items)).toEqual([201, 201, "NO_AVAILABLE_UNITS", "NOT_FOUND"]);
  expect((await held()).seats).toEqual(["a professional", "b professional", "c analyzer"]);
  const again = await bulk("convert", { instances: instances.slice(0, 2), allotment: "professional" });
  expect(statusesOf(again)).toEqual(["NOT_FOUND", "NOT_FOUND"]);
  const there = await bulk("convert", {
    instances: instancesOf(items).slice(0, 1),
    allotment: "professional",
  });
  expect(there).toMatchObject([{ status: 200, instance: items[0]?.instance, subject: "a" }]);
});

test("5,000 seats are assigned, converted and released, each in one request; 5,001 are refused", async () => {
  const subjects = Array.from({ length: 5000 }, (_, at) => `user ${at}`);
  const made = await assign("analyzer", ...subjects);
  expect(new Set(statusesOf(made))).toEqual(new Set([201]));
  const instances = instancesOf(made);
  const moved = await bulk("convert", { instances, allotment: "professional" });
  expect(statusesOf(moved).filter((status) => status === 201)).toHaveLength(2);
  const released = await bulk("release", { instances });
  expect(new Set(statusesOf(released))).toEqual(new Set([200]));
  expect((await held()).total).toBe(2);
  const path = `/licenses/${number}/assignments/actions/release`;
  const refused = await owner("POST", path, { instances: [...instances, "1"] });
  expect([refused.status, refused.body.errors[0].pointer]).toEqual([422, "/instances"]);
});
