import { beforeAll, expect, test, vi } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import { issueLicenseKey } from "@/server/keys/license-keys";
import type { License } from "@/server/licenses/license";
import { changeLicense } from "@/server/licenses/license-changes";
import { makeLicense, minutes, NOW } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { type PublishedClient, published, publishedWith } from "./test-published";

vi.stubEnv("LOG_LEVEL", "silent");
useStore();

const LIST = "/api/v1/licenses/consumption";
let license: License;
let client: PublishedClient;

const hour = (at: number) => new Date(NOW.getTime() - (30 - at) * 3_600_000).toISOString();
const session = (at: number) => ({
  id: `s${at}`,
  app: "Sales",
  ...(at % 3 === 0 ? {} : { subject: `acme\\user${at}` }),
  start: hour(at - 1),
  end: hour(at),
  minutes: at,
});

beforeAll(async () => {
  license = await makeLicense({ product: "QSEfW", allotments: [minutes("Analyzer_Time", 300)] });
  await changeLicense(license.number, { settings: { sessionNames: true } }, null, SYSTEM, NOW);
  client = await published({ role: "owner", license: license.number });
  const { key } = await issueLicenseKey(license.number, "", SYSTEM, NOW);
  const product = publishedWith({
    Authorization: `Bearer ${key}`,
    "User-Agent": "Licenses/1.6.4 (windows) QSEfW",
  });
  const sessions = Array.from({ length: 23 }, (_, at) => session(at + 1));
  const element = {
    id: 1,
    allotment: "analyzer_time",
    month: "2026-08",
    consumption: 6,
    sequence: 1,
    sessions,
  };
  const { body } = await product("POST", "/v1/consumption", { source: "mill", consumption: [element] });
  expect(body.consumption[0]).toMatchObject({ sessions: 23, total: 6 });
});

type Page = { data: { sessionId: string }[]; links: Record<string, { href: string }> };
const get = async (url: string, by = client): Promise<Page> =>
  (await by("GET", url.replace("http://localhost", ""))).body;
const ids = ({ data }: Page) => data.map(({ sessionId }) => sessionId);
const found = async (filter: string) =>
  ids(await get(`${LIST}?sort=endTime&filter=${encodeURIComponent(filter)}`));

test("a session is told with its user, app, length, minutes and blocks", async () => {
  expect((await get(`${LIST}?limit=1`)).data).toEqual([
    {
      id: expect.stringContaining("s23"),
      sessionId: "s23",
      userId: "acme\\user23",
      appId: "Sales",
      allotmentId: "Analyzer_Time",
      licenseUsage: "Analyzer_Time",
      endTime: hour(23),
      duration: "PT1H",
      minutesUsed: 23,
      capacityUsed: 4,
    },
  ]);
  const [anonymous] = (
    await get(`${LIST}?sort=endTime&filter=${encodeURIComponent(`endTime eq "${hour(3)}"`)}`)
  ).data;
  expect(anonymous).not.toHaveProperty("userId");
});

test("a role that reads no users sees hashes in place of names", async () => {
  const issuer = await published({ role: "issuer", license: license.number });
  const [row] = (await get(`${LIST}?limit=1`, issuer)).data;
  expect(row).toMatchObject({ userId: expect.stringMatching(/^[0-9a-f]{64}$/) });
});

test.each(["endTime", "-endTime"])("pages by %s lead forward and back", async (sort) => {
  const whole = ids(await get(`${LIST}?sort=${sort}`));
  expect(whole).toHaveLength(23);
  const pages: string[][] = [];
  let page = await get(`${LIST}?sort=${sort}&limit=8`);
  for (;;) {
    pages.push(ids(page));
    const next = page.links.next?.href;
    if (!next) break;
    page = await get(`${next}&limit=3&sort=x&filter=endTime`);
  }
  expect(pages.map(({ length }) => length)).toEqual([8, 8, 7]);
  expect(pages.flat()).toEqual(whole);
  const back: string[][] = [];
  for (let prev = page.links.prev?.href; prev; prev = page.links.prev?.href) {
    page = await get(prev);
    back.unshift(ids(page));
  }
  expect(back).toEqual(pages.slice(0, -1));
});

test("sessions are found by when they ended", async () => {
  const at = (nth: number) => `"${hour(nth)}"`;
  expect(await found(`endTime ge ${at(21)}`)).toEqual(["s21", "s22", "s23"]);
  expect(await found(`endTime gt ${at(21)} and endTime lt ${at(23)}`)).toEqual(["s22"]);
  expect(await found(`not (endTime gt ${at(2)})`)).toEqual(["s1", "s2"]);
  expect(await found(`endTime lt ${at(2)} and endTime gt ${at(2)}`)).toEqual([]);
  for (const filter of [`endTime lt ${at(2)} or endTime gt ${at(4)}`, 'userId eq "bob"', "endTime gt 5"]) {
    const { status, body } = await client("GET", `${LIST}?filter=${encodeURIComponent(filter)}`);
    expect([status, body.errors[0].code]).toEqual([422, "INVALID_FILTER"]);
  }
});

test("a token of the other list is refused, and so is a limit beyond 200", async () => {
  const page = new URL((await get(`${LIST}?limit=1`)).links.next?.href ?? "").searchParams.get("page");
  const foreign = await client("GET", `/api/v1/licenses/assignments?page=${page}`);
  expect([foreign.status, foreign.body.code]).toEqual([422, "INVALID_CURSOR"]);
  expect((await client("GET", `${LIST}?limit=201`)).status).toBe(422);
});
