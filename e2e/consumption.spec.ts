import { expect, test } from "./fixtures";
import { seats, timeAllotment } from "./guide";
import { expectRefusal } from "./problem";
import { type Booked, call, consumptionOf, type Deployment, type Element, report } from "./product";

const MONTH = "2018-11";

const element = (change: Partial<Element> = {}): Element => ({
  id: "wrong",
  allotment: "analyzer_time",
  month: MONTH,
  consumption: 10,
  ...change,
});

const reportOne = (deployment: Deployment, change: Partial<Element>, source = "site") =>
  report(deployment, { source, consumption: [element(change)] }).then(({ body }) => body.consumption[0]);

async function totalOf(deployment: Deployment, month = MONTH): Promise<number | undefined> {
  const { body } = await consumptionOf(deployment, month);
  return body.consumption.find(({ allotment }) => allotment === "analyzer_time")?.total;
}

const nextMonth = () => {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 2, 1)).toISOString().slice(0, 7);
};

const WRONG: [string, string, Partial<Element>][] = [
  ["an unknown allotment", "UNKNOWN_ALLOTMENT", { allotment: "core_time" }],
  ["an allotment of named users", "NOT_METERED", { allotment: "professional" }],
  ["no allotment", "INVALID_ALLOTMENT", { allotment: undefined }],
  ["an empty allotment", "INVALID_ALLOTMENT", { allotment: "" }],
  ["an allotment that is a number", "INVALID_ALLOTMENT", { allotment: 7 }],
  ["NUL in its allotment", "INVALID_ALLOTMENT", { allotment: "analyzer_time\0" }],
  ["a lone surrogate in its allotment", "INVALID_ALLOTMENT", { allotment: "analyzer_\ud800" }],
  ["201 characters as allotment", "INVALID_ALLOTMENT", { allotment: "a".repeat(201) }],
  ["a month in the future", "MONTH_IN_FUTURE", { month: nextMonth() }],
  ["a month in a thousand years", "MONTH_IN_FUTURE", { month: "3018-11" }],
  ["a thirteenth month", "INVALID_MONTH", { month: "2018-13" }],
  ["a zeroth month", "INVALID_MONTH", { month: "2018-00" }],
  ["a month without its zero", "INVALID_MONTH", { month: "2018-1" }],
  ["a day as month", "INVALID_MONTH", { month: "2018-11-01" }],
  ["a number as month", "INVALID_MONTH", { month: 201811 }],
  ["a month with white space", "INVALID_MONTH", { month: " 2018-11" }],
  ["a month in other digits", "INVALID_MONTH", { month: "２０１８-11" }],
  ["NUL in its month", "INVALID_MONTH", { month: "2018-11\0" }],
  ["no month", "INVALID_MONTH", { month: null }],
  ["negative consumption", "INVALID_CONSUMPTION", { consumption: -1 }],
  ["fractional consumption", "INVALID_CONSUMPTION", { consumption: 1.5 }],
  ["more than 1,000,000,000", "INVALID_CONSUMPTION", { consumption: 1_000_000_001 }],
  ["huge consumption", "INVALID_CONSUMPTION", { consumption: 1e300 }],
  ["consumption as text", "INVALID_CONSUMPTION", { consumption: "10" }],
  ["no consumption", "INVALID_CONSUMPTION", { consumption: undefined }],
  ["a sequence of 0", "INVALID_SEQUENCE", { sequence: 0 }],
  ["a negative sequence", "INVALID_SEQUENCE", { sequence: -1 }],
  ["a fractional sequence", "INVALID_SEQUENCE", { sequence: 1.5 }],
  ["a sequence beyond 2^53", "INVALID_SEQUENCE", { sequence: 2 ** 53 }],
  ["a sequence as text", "INVALID_SEQUENCE", { sequence: "1" }],
];

test("a wrong value is an error of its own element, and the other elements count", async ({ issue }) => {
  const { site } = await issue({ allotments: [timeAllotment(), seats(1)] });
  for (const [index, [name, code, change]] of WRONG.entries()) {
    const good = { consumption: 1 };
    const consumption = [
      element({ ...good, id: 1 }),
      element(change),
      element({ ...good, id: { any: ["id"] } }),
    ];
    const { status, body } = await report(site, { source: "site", consumption });
    expect(status, name).toBe(200);
    const total = (index + 1) * 2;
    expect(body.consumption, name).toEqual([
      expect.objectContaining({ id: 1, total, duplicate: false }),
      { id: "wrong", error: { code, detail: expect.stringMatching(/\S/) } },
      expect.objectContaining({ total, duplicate: false }),
    ]);
    expect(body.consumption[2], name).not.toHaveProperty("id");
  }
  expect(await totalOf(site)).toBe(WRONG.length * 2);
});

test("consumption that is no JSON number counts nothing", async ({ issue }) => {
  const { site } = await issue({ allotments: [timeAllotment()] });
  const body = `{"source":"s","consumption":[{"id":1,"allotment":"analyzer_time","month":"${MONTH}","consumption":1e400}]}`;
  const { status, body: response } = await call<{ consumption: Booked[] }>(
    site,
    "POST",
    "/v1/consumption",
    body,
  );
  expect([status, response.consumption[0]?.error?.code]).toEqual([200, "INVALID_CONSUMPTION"]);
});

test("the largest consumption and the largest sequence count", async ({ issue }) => {
  const { site } = await issue({ allotments: [timeAllotment({ overage: "YES" })] });
  const largest = { consumption: 1_000_000_000, sequence: Number.MAX_SAFE_INTEGER };
  expect(await reportOne(site, largest)).toMatchObject({
    total: 1_000_000_000,
    sequence: Number.MAX_SAFE_INTEGER,
  });
  for (let turn = 1; turn <= 10; turn += 1)
    await reportOne(site, { consumption: 1_000_000_000 }, `site ${turn}`);
  expect(await totalOf(site)).toBe(11_000_000_000);
});

test("one invalid element among a thousand leaves the rest counted", async ({ issue }) => {
  const { site } = await issue({ allotments: [timeAllotment({ overage: "YES" })] });
  const consumption = Array.from({ length: 1000 }, (_, id) => element({ id, consumption: 1 }));
  consumption[617] = element({ id: 617, allotment: "\0\ud800", month: "\0" });
  const { body } = await report(site, { source: "site", consumption });
  expect(body.consumption.map(({ id }) => id)).toEqual(consumption.map(({ id }) => id));
  expect(body.consumption.filter(({ error }) => error).map(({ id }) => id)).toEqual([617]);
  expect(await totalOf(site)).toBe(999);
});

test("invalid input in one customer's report doesn't affect other customers' reports of the same moment", async ({
  issue,
}) => {
  const deployments = await Promise.all(
    Array.from({ length: 6 }, () => issue({ allotments: [timeAllotment({ overage: "YES" })] })),
  );
  const poison: Partial<Element>[] = [
    { allotment: "\0" },
    { consumption: 1e300 },
    { month: "0000-00" },
    { sequence: -1 },
  ];
  const sent = deployments.flatMap(({ site }, place) =>
    Array.from({ length: 20 }, (_, turn) => {
      const change = place === 0 ? (poison[turn % poison.length] ?? {}) : { consumption: 1 };
      return report(site, { source: `site ${turn}`, consumption: [element(change)] });
    }),
  );
  const responses = await Promise.all(sent);
  expect([...new Set(responses.map(({ status }) => status))]).toEqual([200]);
  expect(responses.slice(0, 20).every(({ body }) => body.consumption[0]?.error)).toBe(true);
  const totals = await Promise.all(deployments.map(({ site }) => totalOf(site)));
  expect(totals.map((total) => total ?? 0)).toEqual([0, 20, 20, 20, 20, 20]);
});

test("a report with an invalid source is refused as a whole and counts nothing", async ({ issue }) => {
  const { site } = await issue({ allotments: [timeAllotment()] });
  for (const source of [undefined, null, 7, {}, "", " ", "\0", "a\nb", "\ud800", "a".repeat(201)]) {
    const refused = await call<object>(site, "POST", "/v1/consumption", { source, consumption: [element()] });
    expectRefusal(refused, 422, "INVALID_BODY");
  }
  expect((await totalOf(site)) ?? 0).toBe(0);
});

test("a source may be any text of 200 characters", async ({ issue }) => {
  const { site } = await issue({ allotments: [timeAllotment({ overage: "YES" })] });
  for (const source of ["my assignments", "ä".repeat(200), "😀".repeat(200), "'; DROP TABLE usage; --"])
    expect((await reportOne(site, { consumption: 1, sequence: 1 }, source))?.error, source).toBeUndefined();
  expect(await totalOf(site)).toBe(4);
});

for (const [total, overage, response] of [
  [199, undefined, { remaining: 1, denied: false }],
  [200, undefined, { remaining: 0, denied: true }],
  [201, undefined, { remaining: 0, denied: true }],
  [200, 50, { remaining: 50, denied: false }],
  [201, 50, { remaining: 49, denied: false }],
  [250, 50, { remaining: 0, denied: true }],
  [251, 50, { remaining: 0, denied: true }],
  [1_000_000, "YES", { remaining: null, denied: false }],
] as const)
  test(`a report of ${total} minutes on a quota of 200 with overage ${overage ?? "0"} is answered correctly`, async ({
    issue,
  }) => {
    const { site } = await issue({ allotments: [timeAllotment(overage === undefined ? {} : { overage })] });
    expect(await reportOne(site, { consumption: total })).toMatchObject({
      total,
      quota: 200,
      overage: overage ?? 0,
      ...response,
    });
  });

test("a month without units in force has no quota and no overage, and its usage is recorded", async ({
  issue,
}) => {
  const { site } = await issue({ allotments: [timeAllotment({ overage: "YES" })] });
  const response = { total: 10, quota: 0, overage: 0, remaining: 0, denied: true };
  expect(await reportOne(site, { month: "2017-05" })).toMatchObject(response);
});

test("allotment names are case-insensitive", async ({ issue }) => {
  const { site } = await issue({ allotments: [timeAllotment()] });
  expect(await reportOne(site, { allotment: "ANALYZER_Time" })).toMatchObject({ total: 10, quota: 200 });
});

test("a sequence counts once, in whatever order and however often it arrives", async ({ issue }) => {
  const { site } = await issue({ allotments: [timeAllotment()] });
  expect(await reportOne(site, { sequence: 5 })).toMatchObject({ total: 10, duplicate: false, sequence: 5 });
  expect(await reportOne(site, { sequence: 5, consumption: 99 })).toMatchObject({
    total: 10,
    duplicate: true,
    sequence: 5,
  });
  expect(await reportOne(site, { sequence: 4 })).toMatchObject({ total: 10, duplicate: true, sequence: 5 });
  expect(await reportOne(site, { sequence: 9 })).toMatchObject({ total: 20, duplicate: false, sequence: 9 });
  expect(await reportOne(site, { sequence: 5, month: "2018-10" })).toMatchObject({
    total: 10,
    duplicate: false,
  });
  expect(await reportOne(site, { sequence: 5 }, "another")).toMatchObject({ total: 30, duplicate: false });
});

test("a report sent twenty times at once counts once", async ({ issue }) => {
  const { site } = await issue({ allotments: [timeAllotment()] });
  const responses = await Promise.all(Array.from({ length: 20 }, () => reportOne(site, { sequence: 1 })));
  expect(responses.filter((response) => response?.duplicate === false)).toHaveLength(1);
  expect(responses.map((response) => response?.total)).toEqual(Array(20).fill(10));
});

test("a repeated request with an Idempotency-Key counts once", async ({ issue }) => {
  const { site } = await issue({ allotments: [timeAllotment()] });
  const body = { source: "site", consumption: [element()] };
  const sent = [1, 2, 3].map(() => report(site, body, { "Idempotency-Key": "k-1" }));
  for (const { body: response } of await Promise.all(sent)) expect(response.consumption[0]?.total).toBe(10);
  expect(await totalOf(site)).toBe(10);
});

test("an invalid month in the query is refused", async ({ license: { site } }) => {
  for (const month of ["2018-13", "", "2018", "2018-11-01"])
    expectRefusal(await consumptionOf(site, month), 422, "INVALID_QUERY");
  expectRefusal(await consumptionOf(site, "\0"), 400, "INVALID_ADDRESS");
});
