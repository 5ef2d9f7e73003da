import { licenses } from "@qlik/api";
import { expect, test } from "./fixtures";
import { seats, timeAllotment } from "./guide";
import { report } from "./product";
import { type Seats, seatOf, tokenFor } from "./published";

/** More than a page, and more than the vendor's largest one. */
const MANY = 2500;

const range = (count: number) => Array.from({ length: count }, (_, at) => seatOf(`user${at}`));

type Listed = Awaited<ReturnType<typeof licenses.getLicenseAssignments>>;
const subjects = ({ data }: Listed) => data.data.map(({ subject }) => subject);

async function toTheEnd(first: Listed, way: "next" | "prev"): Promise<Listed[]> {
  const pages = [first];
  for (let page = first; page[way]; pages.push(page)) page = (await page[way]?.()) ?? page;
  return pages;
}

test("@qlik/api: all nine functions", async ({ client, baseURL, issue }) => {
  const { number, site } = await issue({
    allotments: [seats(2), seats(3, "analyzer"), timeAllotment()],
    valid: "2020-01-01/2090-12-31",
  });
  const month = new Date().toISOString().slice(0, 7);
  const [start, end] = [new Date(Date.now() - 90_000), new Date(Date.now() - 30_000)];
  const session = { id: "s1", subject: "acme\\bob", app: "Sales", start, end, minutes: 26 };
  const element = { id: 1, allotment: "analyzer_time", month, consumption: 26, sessions: [session] };
  expect((await report(site, { source: "site", consumption: [element] })).status).toBe(200);

  const hostConfig = { host: baseURL, apiKey: await tokenFor(client, number) };
  const options = { hostConfig, noCache: true };
  const { data: status } = await licenses.getLicenseStatus(options);
  expect(status).toMatchObject({ type: "Signed", status: "Ok", valid: "2020-01-01/2090-12-31" });
  const { data: overview } = await licenses.getLicenseOverview(options);
  expect(overview).toMatchObject({
    licenseNumber: number,
    licenseKey: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  expect(overview.allotments.map(({ name, unitsUsed }) => [name, unitsUsed])).toEqual([
    ["professional", 0],
    ["analyzer", 0],
    ["analyzer_time", 26],
  ]);
  const changed = await licenses.updateLicenseSettings({ autoAssignAnalyzer: true }, options);
  expect([changed.status, changed.data]).toEqual([
    200,
    { autoAssignProfessional: false, autoAssignAnalyzer: true },
  ]);
  expect((await licenses.getLicenseSettings(options)).data).toEqual(changed.data);

  const add = [seatOf("a"), seatOf("b"), seatOf("c", "professional"), seatOf("d"), seatOf("e")];
  const added = await licenses.addLicenseAssignments({ add }, options);
  expect([added.status, added.data.data.map(({ status: one, code }) => code ?? one)]).toEqual([
    207,
    [201, 201, 201, 201, "LICENSES-011"],
  ]);
  const update = [
    { subject: "a", type: "professional", sourceType: "analyzer" },
    { subject: "b2", sourceSubject: "b", sourceType: "analyzer" },
    { subject: "nobody", type: "professional", sourceType: "analyzer" },
  ];
  const updated = await licenses.updateLicenseAssignments({ update }, options);
  expect(updated.data.data.map(({ status: one }) => one)).toEqual([200, 201, 404]);
  const gone = await licenses.deleteLicenseAssignments({ delete: [seatOf("d"), seatOf("d")] }, options);
  expect(gone.data.data).toEqual([
    { status: 200, ...seatOf("d") },
    { status: 404, code: "LICENSES-016", title: "Assignment not found.", ...seatOf("d") },
  ]);
  const listed = await licenses.getLicenseAssignments({ sort: "+subject" }, options);
  expect(listed.data.data.map(({ subject, type }) => `${subject} ${type}`)).toEqual([
    "a professional",
    "b2 analyzer",
    "c professional",
  ]);
  expect([listed.next, listed.prev]).toEqual([undefined, undefined]);
  const filter = `endTime ge "${month}-01T00:00:00Z"`;
  const { data: consumption } = await licenses.getLicenseConsumption({ filter, limit: 5 }, options);
  expect(consumption.data).toEqual([
    expect.objectContaining({ sessionId: "s1", appId: "Sales", duration: "PT1M", minutesUsed: 26 }),
  ]);
});

test("@qlik/api: 2,500 assignments, page by page there and back", async ({ client, baseURL, issue }) => {
  const { number } = await issue({ allotments: [seats(MANY, "analyzer")] });
  const options = { hostConfig: { host: baseURL, apiKey: await tokenFor(client, number) }, noCache: true };
  const add: Seats = range(MANY);
  const added = await licenses.addLicenseAssignments({ add }, options);
  expect(added.data.data.every(({ status }) => status === 201)).toBe(true);
  const first = await licenses.getLicenseAssignments({ sort: "subject", limit: 100 }, options);
  const there = await toTheEnd(first, "next");
  expect(there).toHaveLength(MANY / 100);
  expect(new Set(there.flatMap(subjects)).size).toBe(MANY);
  const back = await toTheEnd(there.at(-1) ?? first, "prev");
  expect(back.toReversed().map(subjects)).toEqual(there.map(subjects));
});

test("@qlik/api: filters with backslashes, quotes, blanks, percent signs and other letters", async ({
  client,
  baseURL,
  issue,
}) => {
  const { number } = await issue({ allotments: [seats(50, "analyzer")] });
  const options = { hostConfig: { host: baseURL, apiKey: await tokenFor(client, number) }, noCache: true };
  const names = ["ACME\\bob", "acme\\eve müller", 'o"hara', "100% Łódź", "漢字 かな", "a+b&c=d#e;f", "user"];
  await licenses.addLicenseAssignments({ add: names.map((name) => seatOf(name)) }, options);
  const found = async (filter: string) => subjects(await licenses.getLicenseAssignments({ filter }, options));
  for (const name of names) {
    const literal = JSON.stringify(name).replaceAll("%", "%25"); // the client decodes values before it encodes them
    expect(await found(`subject eq ${literal}`), name).toEqual([name]);
  }
  expect(await found('subject eq "acme\\bob"'), "one backslash").toEqual(["ACME\\bob"]);
  expect(await found(String.raw`subject sw "acme\\" and not (subject co "bob")`)).toEqual([
    "acme\\eve müller",
  ]);
  expect(await found('subject co " " and type eq "Analyzer"')).toHaveLength(3);
});

test("@qlik/api: refusals are errors of its own type, with what went wrong", async ({
  client,
  baseURL,
  license,
}) => {
  const refused = async (work: Promise<unknown>) =>
    work.then(
      () => null,
      (error) => error,
    );
  const hostConfig = { host: baseURL, apiKey: "sgn_unknown" };
  const unknown = await refused(licenses.getLicenseStatus({ hostConfig, noCache: true }));
  expect([unknown.constructor.name, unknown.status, unknown.data.code]).toEqual([
    "InvokeFetchError",
    401,
    "INVALID_TOKEN",
  ]);
  expect(unknown.data).toMatchObject({ traceId: unknown.data.requestId, errors: [{ status: 401 }] });
  const several = { host: baseURL, apiKey: await tokenFor(client) };
  const unnamed = await refused(licenses.getLicenseOverview({ hostConfig: several, noCache: true }));
  expect([unnamed.status, unnamed.data.code]).toEqual([400, "LICENSE_NOT_NAMED"]);
  const auditor = { host: baseURL, apiKey: await tokenFor(client, license.number, "auditor") };
  const add = { add: [seatOf("bob")] };
  const forbidden = await refused(
    licenses.addLicenseAssignments(add, { hostConfig: auditor, noCache: true }),
  );
  expect([forbidden.status, forbidden.data.code]).toEqual([403, "FORBIDDEN"]);
  const named = { ...several, host: `${baseURL}/l/1111000000001111` };
  const missing = await refused(licenses.getLicenseOverview({ hostConfig: named, noCache: true }));
  expect([missing.status, missing.data.code]).toEqual([404, "NOT_FOUND"]);
});

test("@qlik/api: with its cache the list is fresh after a change, and everything after it was cleared", async ({
  client,
  baseURL,
  issue,
}) => {
  const { number } = await issue({ allotments: [seats(5, "analyzer")] });
  const options = { hostConfig: { host: baseURL, apiKey: await tokenFor(client, number) } };
  const used = async () => (await licenses.getLicenseOverview(options)).data.allotments[0]?.unitsUsed;
  expect([await used(), subjects(await licenses.getLicenseAssignments({}, options))]).toEqual([0, []]);
  await licenses.addLicenseAssignments({ add: [seatOf("bob")] }, options);
  expect(subjects(await licenses.getLicenseAssignments({}, options))).toEqual(["bob"]);
  expect(await used(), "the client keeps the overview for ten minutes").toBe(0);
  licenses.clearCache();
  await expect.poll(used).toBe(1);
  expect(
    (await licenses.getLicenseOverview({ ...options, maxCacheAge: 0 })).data.allotments[0]?.unitsUsed,
  ).toBe(1);
});

test("@qlik/api: a host may have a prefix, with the license in it", async ({ client, baseURL, issue }) => {
  const { number } = await issue({ allotments: [seats(5, "analyzer")] });
  const host = `${baseURL}/any/prefix/l/${number}/`;
  const options = { hostConfig: { host, apiKey: await tokenFor(client) }, noCache: true };
  await licenses.addLicenseAssignments({ add: range(3) }, options);
  const first = await licenses.getLicenseAssignments({ limit: 2 }, options);
  expect(first.data.links.next?.href).toContain(
    `${baseURL}/any/prefix/l/${number}/api/v1/licenses/assignments?page=`,
  );
  const second = (await first.next?.()) as Listed;
  expect(subjects(second)).toHaveLength(1);
  expect(subjects((await second.prev?.()) as Listed)).toEqual(subjects(first));
});
