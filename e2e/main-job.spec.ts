import { subject } from "./canary";
import { expect, revokeKey, test } from "./fixtures";
import { ANALYZER, GUIDE_ALLOTMENTS, GUIDE_REPORT, guideSync, timeAllotment } from "./guide";
import { expectRefusal } from "./problem";
import {
  activate,
  assignmentsOf,
  call,
  consumptionOf,
  newPatch,
  report,
  type SyncReply,
  sync,
} from "./product";

const [, professional] = GUIDE_ALLOTMENTS;

test("a product activates and receives its definition", async ({ license }) => {
  const initial = await activate(license.site, { cause: "Initial" });
  expect(initial.status).toBe(200);
  expect(initial.body).toEqual({
    license: license.number,
    version: license.version,
    epoch: expect.stringMatching(/\S/),
    status: "active",
    definition: { product: "QSEfW", valid: "", trial: false, allotments: GUIDE_ALLOTMENTS, parameters: [] },
    settings: {
      ...{ autoAssignProfessional: false, autoAssignAnalyzer: false },
      ...{ subjectMatching: "folded", whenOffline: "optimistic" },
    },
    sld: expect.stringMatching(/\S/),
    serverTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    latestValidTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    refreshAfter: 86_400,
    syncEvery: 600,
  });
  expect(initial.body.version).toMatch(/^([0-9A-Z]{4}-){4}[0-9A-Z]{4}$/);
  expect(JSON.stringify(initial.body)).not.toContain(license.key);
  const update = await activate(license.site, { cause: "Update", source: GUIDE_REPORT.source });
  expect([update.status, update.body.version]).toEqual([200, license.version]);
});

for (const { overage, answer } of [
  { overage: undefined, answer: { overage: 0, remaining: 0, denied: true } },
  { overage: 42, answer: { overage: 42, remaining: 0, denied: true } },
  { overage: 100, answer: { overage: 100, remaining: 58, denied: false } },
  { overage: "YES", answer: { overage: "YES", remaining: null, denied: false } },
])
  test(`the guide's report of 242 minutes on a quota of 200, with overage ${overage ?? "0"}, is answered correctly`, async ({
    issue,
  }) => {
    const { site } = await issue({ allotments: [timeAllotment(overage === undefined ? {} : { overage })] });
    const { status, body } = await report(site, GUIDE_REPORT);
    expect(status).toBe(200);
    const booked = { allotment: "analyzer_time", month: "2018-11", quota: 200, ...answer };
    expect(body.consumption).toEqual([{ id: 1, total: 242, duplicate: false, ...booked }]);
  });

test("a month's total is the sum over all deployments", async ({ license: { site } }) => {
  await report(site, GUIDE_REPORT);
  const second = await report(site, { ...GUIDE_REPORT, source: "another site" });
  expect(second.body.consumption[0]?.total).toBe(484);
  const { body } = await consumptionOf(site, "2018-11");
  expect(body.consumption).toMatchObject([
    { allotment: "analyzer_time", month: "2018-11", total: 484, denied: true },
  ]);
});

test("two deployments sync until both know the same assignments", async ({ issue }) => {
  const { number, site } = await issue({ allotments: [professional ?? {}, ANALYZER] });

  const first = await sync(site, guideSync(number));
  expect(first.status).toBe(200);
  const [generated] = first.body.patches;
  expect(first.body).toEqual({
    bases: [
      {
        license: number,
        version: generated?.version,
        epoch: expect.any(String),
        mark: expect.any(String),
      },
    ],
    patches: [
      {
        instance: expect.stringMatching(/^[1-9]\d*$/),
        version: expect.any(Number),
        license: number,
        allotment: "analyzer",
        subject: "\\generated4",
        created: "2019-04-18T10:01:35.024Z",
        rejection: "",
      },
    ],
    snapshot: true,
  });

  const bob = newPatch(number, subject("bob"));
  const atOther = await sync(site, {
    source: "other",
    bases: [{ license: number, version: 0 }],
    patches: [bob],
  });
  expect(atOther.body.patches).toMatchObject([
    { subject: subject("bob"), rejection: "" },
    { subject: "\\generated4", instance: generated?.instance, rejection: "" },
  ]);

  const caughtUp = await sync(site, { source: "my assignments", bases: first.body.bases, patches: [] });
  expect(caughtUp.body.snapshot).toBeUndefined();
  expect(caughtUp.body.patches).toMatchObject([{ subject: subject("bob"), allotment: "professional" }]);
  expect(caughtUp.body.bases).toEqual(atOther.body.bases);
  expect(await assignmentsOf(site, number)).toHaveLength(2);

  const idle = await sync(site, { source: "other", bases: atOther.body.bases, patches: [] });
  expect(idle.body).toEqual({ bases: atOther.body.bases, patches: [] });
});

test("a deletion at one deployment reaches the other without its subject", async ({ license }) => {
  const { number, site } = license;
  const bases = [{ license: number, version: 0 }];
  const added = await sync(site, { source: "a", bases, patches: [newPatch(number, subject("bob"))] });
  const atOther = await sync(site, { source: "b", bases, patches: [] });
  const [bob] = atOther.body.patches;
  const gone = { ...bob, deleted: new Date().toISOString() };
  const deleted = await sync(site, { source: "b", bases: atOther.body.bases, patches: [gone] });
  expect(deleted.body.patches).toMatchObject([{ instance: bob?.instance, subject: "", rejection: "" }]);

  const arrived = await sync(site, { source: "a", bases: added.body.bases, patches: [] });
  expect(arrived.body.patches).toMatchObject([
    { instance: bob?.instance, subject: "", deleted: expect.stringMatching(/Z$/), rejection: "" },
  ]);
  expect(arrived.body.bases).toEqual(deleted.body.bases);
  expect(await assignmentsOf(site, number)).toEqual([]);
});

test("a revoked key is refused from the next request on, on every endpoint", async ({ license, api }) => {
  const { site, jti, number } = license;
  expect((await activate(site)).status).toBe(200);
  await revokeKey(api, jti);
  const refused = [
    await activate(site),
    await report(site, GUIDE_REPORT),
    await consumptionOf(site, "2018-11"),
    await sync(site, guideSync(number)),
    await call<SyncReply>(site, "GET", "/v1/definition?source=a"),
    await call<SyncReply>(site, "GET", "/v1/definitions/portable/info"),
  ];
  for (const response of refused) expectRefusal(response, 403, "KEY_REVOKED");
});

test("the console's port serves products too", async ({ license, baseURL }) => {
  const deployment = { door: baseURL ?? "", key: license.key };
  expect((await activate(deployment)).body.license).toBe(license.number);
  expect((await report(deployment, GUIDE_REPORT)).body.consumption[0]?.total).toBe(242);
  expect((await sync(deployment, { source: "a", bases: [], patches: [] })).status).toBe(200);
});
