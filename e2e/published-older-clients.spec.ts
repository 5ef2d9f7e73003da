import Qlik, { AuthType } from "@qlik/sdk";
import { QlikRepoApi } from "qlik-repo-api";
import { QlikSaaSApi } from "qlik-saas-api";
import { expect, test } from "./fixtures";
import { seats, timeAllotment } from "./guide";
import { reportSessions, type Seat, seatOf, tokenFor } from "./published";

const MANY = 2500;
/** A page of consumption holds 200. */
const SESSIONS = 205;
const sessionIds = Array.from({ length: SESSIONS }, (_, at) => `session ${at}`); // the latest end first
const range = (count: number) => Array.from({ length: count }, (_, at) => seatOf(`user${at}`));

function failureOf(work: Promise<unknown>) {
  return work.then(
    () => null,
    (error) => error,
  );
}

test("@qlik/sdk: all nine functions, and all pages by its doubled parameters", async ({
  client: owner,
  baseURL,
  issue,
}) => {
  const allotments = [seats(2), seats(MANY, "analyzer"), timeAllotment()];
  const { number, site } = await issue({ allotments });
  await reportSessions(site, SESSIONS);
  const host = String(baseURL).replace("localhost", "127.0.0.1"); // it takes "localhost:" for a scheme
  const apiKey = await tokenFor(owner, number);
  const { licenses } = new Qlik({ authType: AuthType.APIKey, host, apiKey });
  expect(await licenses.getStatus()).toMatchObject({ status: "Ok", type: "Signed" });
  expect(await licenses.getOverview()).toMatchObject({ licenseNumber: number, product: "QSEfW" });
  expect(await licenses.setSettings({ autoAssignProfessional: true })).toEqual({
    autoAssignProfessional: true,
    autoAssignAnalyzer: false,
  });
  expect(await licenses.getSettings()).toMatchObject({ autoAssignProfessional: true });
  const added = await licenses.addAssignments({ add: range(MANY) });
  expect(added.data.every(({ status }) => status === 201)).toBe(true);
  const query = { limit: 100, sort: "+subject", filter: 'subject sw "user" and type eq "analyzer"' };
  const seen: string[] = [];
  for await (const { subject } of (await licenses.getAssignments(query)).pagination) seen.push(subject);
  expect(seen).toEqual(
    range(MANY)
      .map(({ subject }) => subject)
      .toSorted(),
  );
  const moved = { subject: "user7", type: "professional", sourceType: "analyzer" };
  expect((await licenses.updateAssignments({ update: [moved] })).data).toEqual([{ status: 200, ...moved }]);
  const removed = await licenses.deleteAssignments({
    delete: [seatOf("user7", "professional"), seatOf("user7")],
  });
  expect(removed.data.map(({ status }) => status)).toEqual([200, 404]);
  const used: (string | undefined)[] = [];
  const consumption = await licenses.getConsumptions({ limit: 50, sort: "-endTime" });
  expect([...consumption]).toHaveLength(50);
  for await (const { sessionId } of consumption.pagination) used.push(sessionId);
  expect(used).toEqual(sessionIds);
  const stranger = new Qlik({ authType: AuthType.APIKey, host, apiKey: "sgn_unknown" });
  expect(await failureOf(stranger.licenses.getStatus())).toMatchObject({ name: "AuthenticationError" });
});

test("qlik-saas-api calls its seven functions, and reads all pages on its own", async ({
  client: owner,
  baseURL,
  issue,
}) => {
  const { number, site } = await issue({
    allotments: [seats(2), seats(MANY + 1, "analyzer"), timeAllotment()],
  });
  await reportSessions(site, SESSIONS);
  const config = { host: new URL(String(baseURL)).host, notSecure: true };
  const client = new QlikSaaSApi.client({
    ...config,
    authentication: { token: await tokenFor(owner, number) },
  });
  expect(await client.licenses.status()).toMatchObject({ status: "Ok" });
  expect(await client.licenses.overview()).toMatchObject({ licenseNumber: number });
  // It sends a bare list, and reads the response as one.
  const added = await client.licenses.assignmentsAdd([...range(MANY), seatOf("acme\\bob", "professional")]);
  expect(added).toHaveLength(MANY + 1);
  type Held = {
    details: Seat;
    remove(): Promise<number>;
    update(how: { sourceType: string }): Promise<number>;
  };
  const listed: Held[] = await client.licenses.assignments();
  expect(new Set(listed.map(({ details }) => details.subject)).size).toBe(MANY + 1);
  const user0 = listed.find(({ details }) => details.subject === "user0");
  expect(await user0?.remove()).toBe(207);
  // It sends the type of the seat as the wanted one: a move from a type that bob doesn't hold, answered as such.
  const bob = listed.find(({ details }) => details.subject === "acme\\bob");
  expect(await bob?.update({ sourceType: "analyzer" })).toBe(207);
  const left: Held[] = await client.licenses.assignments();
  expect(left).toHaveLength(MANY);
  expect(left.some(({ details }) => details.type === "professional")).toBe(true);
  const used: { sessionId: string; minutesUsed: number }[] = await client.licenses.consumption();
  expect(used.map(({ sessionId }) => sessionId)).toEqual(sessionIds);
  expect(used.every(({ minutesUsed }) => minutesUsed === 1)).toBe(true);
  const stranger = new QlikSaaSApi.client({ ...config, authentication: { token: "sgn_unknown" } });
  const { message } = await failureOf(stranger.licenses.status());
  expect(message).toMatch(/status code 401\. Error\(s\): .+ \(INVALID_TOKEN\).*TraceId: [0-9a-f-]{36}/);
});

test("qlik-saas-api fails on the response to an object, which its types don't allow, after the seats were assigned", async ({
  client: owner,
  baseURL,
  issue,
}) => {
  const { number } = await issue({ allotments: [seats(2, "analyzer")] });
  const client = new QlikSaaSApi.client({
    ...{ host: new URL(String(baseURL)).host, notSecure: true },
    authentication: { token: await tokenFor(owner, number) },
  });
  const add = { add: [seatOf("eve"), seatOf("max")] } as unknown as Seat[];
  const { message } = await failureOf(client.licenses.assignmentsAdd(add));
  expect(message).toMatch(/map is not a function/);
  const listed: { details: Seat }[] = await client.licenses.assignments();
  expect(listed.map(({ details: { subject, type } }) => `${subject} ${type}`).toSorted()).toEqual([
    "eve analyzer",
    "max analyzer",
  ]);
});

test("qlik-repo-api and a release script run against the facade", async ({
  client: owner,
  baseURL,
  issue,
  request,
}) => {
  const { number, customer } = await issue({ allotments: [seats(3), seats(3, "analyzer")] });
  const token = await tokenFor(owner, number);
  const add = [seatOf("ACME\\bob"), seatOf("eve"), seatOf("max", "professional")];
  const headers = { Authorization: `Bearer ${token}` };
  await request.post("/api/v1/licenses/assignments/actions/add", { headers, data: { add } });
  const { hostname, port } = new URL(String(baseURL));
  const client = new QlikRepoApi.client({
    ...{ host: hostname, port: Number(port), notSecure: true },
    authentication: { token },
  });
  expect(await client.license.get()).toMatchObject({ serial: number, key: "", organization: customer });
  const info = await client.license.accessTypeInfoGet();
  expect([info.professionalAccessType.usedTokens, info.analyzerAccessType.usedTokens]).toEqual([1, 2]);
  const held = (await client.license.accessTypeGet({ accessType: "Analyzer" })).flat();
  const [first] = held;
  expect((await client.license.accessTypeGet({ accessType: "Analyzer", id: first.id })).flat()).toEqual([
    first,
  ]);
  expect(await client.license.accessTypeRemove({ accessType: "Analyzer", id: first.id })).toBe(204);
  const { message } = await failureOf(client.license.setKey({ key: "a.b.c", name: "x" }));
  expect(message, "keys are set in the product").toMatch(/40[45]/);

  // A release script: whoever never used the seat gives it back.
  const xrf = {
    headers: { ...headers, "X-Qlik-Xrfkey": "0123456789abcdef" },
    params: { xrfkey: "0123456789abcdef" },
  };
  const path = "/qrs/License/AnalyzerAccessType";
  const idle = (await (await request.get(path, xrf)).json()).filter(
    ({ lastUsed }: { lastUsed: string }) => lastUsed < "2020",
  );
  expect(idle).toHaveLength(1);
  for (const { id } of idle) expect((await request.delete(`${path}/${id}`, xrf)).status()).toBe(204);
  expect(await (await request.get(`${path}/count`, xrf)).json()).toEqual({ value: 0 });
  expect((await request.get(path, { ...xrf, params: {} })).status()).toBe(400);
});

test("whatever the path, there is no redirect, no page and no cached response", async ({
  client: owner,
  baseURL,
  license,
}) => {
  const headers = { Authorization: `Bearer ${await tokenFor(owner, license.number)}` };
  const status = "/api/v1/licenses/status";
  for (const path of [
    status,
    `${status}/`,
    `/any//prefix${status}`,
    `/l/${license.number}${status}?x=%41&page=`,
    `/licenses/${license.number}${status}`,
    `/sign-in${status}`,
    "/l/x/resources/autogenerated/product-info.json",
  ]) {
    const response = await fetch(`${baseURL}${path}`, {
      headers: { ...headers, "If-None-Match": "*", "If-Modified-Since": new Date().toUTCString() },
      redirect: "manual",
    });
    expect([response.status, response.headers.get("content-type")], path).toEqual([
      200,
      expect.stringMatching(/^application\/json/),
    ]);
  }
  for (const path of ["/l/1/api/v1/licenses/status", "/api/v1/licenses/nothing", "/api/v1/licenses"]) {
    const refused = await fetch(`${baseURL}${path}`, { headers, redirect: "manual" });
    expect([refused.status, refused.headers.get("content-type")], path).toEqual([
      404,
      "application/problem+json",
    ]);
  }
  const options = { headers, method: "PUT", redirect: "manual", body: "{}" } as const;
  expect((await fetch(`${baseURL}/l/${license.number}/api/v1/licenses/settings/`, options)).status).toBe(200);
});
