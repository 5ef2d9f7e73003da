import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import { createToken } from "@/server/identity/tokens";
import { issueLicenseKey } from "@/server/keys/license-keys";
import { createConnection } from "@/server/scim/connections";
import { makeLicense, minutes, NOW, OWNER, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { createApi } from "./app";
import { type Document, operationsOf } from "./openapi-shape";
import { type Known, suggestedRequests } from "./test-requests";
import { type ApiResponse, requestDescribed } from "./test-responses";

vi.stubEnv("LOG_LEVEL", "silent");
vi.stubEnv("QRS_FACADE", "on");
useStore();

/** `SIGNET_FUZZ` is another number of requests, `SIGNET_SEED` another sequence of them. */
const REQUESTS = Number(process.env.SIGNET_FUZZ ?? (process.env.SIGNET_TEST === "all" ? 20_000 : 400));
const seed = Number(process.env.SIGNET_SEED ?? 1);

const app = createApi({ clock: () => NOW });

test(`${REQUESTS} requests as the OpenAPI document suggests them get described responses and no 5xx`, {
  timeout: 60_000 + REQUESTS * 1000,
}, async () => {
  const { known, tokens } = await populated();
  const document: Document = await (await app.request("/api/openapi.json")).json();
  const suggested = fc.tuple(suggestedRequests(withoutWaits(document), known), fc.nat(40));
  const isDescribed = fc.asyncProperty(suggested, async ([{ path, ...sent }, chance]) => {
    const token = tokens[chance] ?? tokenFor(path, tokens);
    const headers = { ...sent.headers, ...(token ? { Authorization: `Bearer ${token}` } : {}) };
    const status = await statusOf(() => requestDescribed(app, path, { ...sent, headers }));
    expect(status).toBeLessThan(500);
  });
  await fc.assert(isDescribed, { numRuns: REQUESTS, seed, endOnFailure: true });
});

/** A store that is too busy says so; then the request is sent again, as its clients do. */
async function statusOf(send: () => Promise<ApiResponse>): Promise<number> {
  const { status, body } = await send();
  return BUSY.includes(body?.code) ? statusOf(send) : status;
}

const BUSY = ["STORE_UNAVAILABLE", "OUTCOME_UNKNOWN", "OVERLOADED"];

type Tokens = readonly [owner: string, product: string, directory: string, auditor: string, nobody: string];

function tokenFor(path: string, [owner, product, directory]: Tokens): string {
  if (path.startsWith("/v1/")) return product;
  return path.startsWith("/scim/") ? directory : owner;
}

/** A request that waits for events only takes time. */
function withoutWaits(document: Document): Document {
  for (const { operation } of operationsOf(document))
    operation.parameters = operation.parameters?.filter(({ name }) => name !== "wait");
  return document;
}

/** A license in use, with one of most things that an address can name, and a token of each kind. */
async function populated(): Promise<{ known: Known; tokens: Tokens }> {
  const { number, customer } = await makeLicense({
    allotments: [seats("analyzer", 50), minutes("analyzer_time", 900)],
  });
  const { key, jti } = await issueLicenseKey(number, "", SYSTEM, NOW);
  const tokenOf = async (role: "owner" | "auditor") =>
    (await createToken(OWNER, { name: role, role }, SYSTEM, NOW)).token;
  const wanted = { name: "Directory", license: number, subject: "userName", groups: [], report: false };
  const directory = await createConnection(OWNER, wanted, SYSTEM, NOW);
  const one = { number: [number], license: [number], jti: [jti], customer: [customer.id] };
  return {
    tokens: [await tokenOf("owner"), key, directory.token, await tokenOf("auditor"), ""],
    known: { ...EVERYWHERE, ...one, id: [customer.id, directory.id] },
  };
}

/** What fits the license wherever it is. */
const EVERYWHERE = {
  source: [randomUUID()],
  allotment: ["analyzer", "analyzer_time"],
  product: ["QSEfE", "QSEfW"],
  subject: ["acme\\bob", "acme\\eve"],
  month: [NOW.toISOString().slice(0, 7)],
  xrfkey: ["abcdefghij012345"],
  "x-qlik-xrfkey": ["abcdefghij012345"],
  "user-agent": ["Licenses/1.6.4 (windows) QSEfE"],
};
