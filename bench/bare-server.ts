// The best that can be written by hand: `node:http`, a check of the key on every request, and the same SQL, one
// request at a time. Its responses are as short as possible.

import { createServer, type IncomingMessage } from "node:http";
import { compactVerify, importSPKI } from "jose";
import type { Patch } from "@/domain/assignments/assignment";
import { PAGE } from "@/domain/assignments/sync";
import { readElement, type SentElement } from "@/domain/consumption/report";
import { parseKey } from "@/domain/signed-key";
import { changeAssignments } from "@/server/assignments/log/assignment-changes";
import { readPages } from "@/server/assignments/log/sync-reading";
import { READ_DELTA } from "@/server/assignments/log/sync-statements";
import { groupReports } from "@/server/consumption/consumption-slots";
import { bookSlots } from "@/server/consumption/consumption-statement";
import type { Caller } from "@/server/deployments/admission";
import { parseEnv } from "@/server/store/env";
import { openStore } from "@/server/store/store";

type Body = {
  source: string;
  consumption: SentElement[];
  bases: { version: number }[];
  patches: Patch[];
};

const { db, sql } = await openStore(parseEnv(process.env));
const rows = await db.signingKey.findMany();
const keys = new Map(
  await Promise.all(rows.map(async (row) => [row.kid, await importSPKI(row.publicKey, "RS512")] as const)),
);

createServer(async (request, response) => {
  try {
    const answer = request.method === "GET" ? "{}" : JSON.stringify(await answerTo(request));
    response.setHeader("Content-Type", "application/json").end(answer);
  } catch (error) {
    response.writeHead(500).end(String(error));
  }
}).listen(Number(process.env.PORT), "127.0.0.1");

async function answerTo(request: IncomingMessage): Promise<object> {
  const key = await provenKey(request);
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body: Body = JSON.parse(Buffer.concat(chunks).toString());
  const address = request.socket.remoteAddress ?? null;
  const agent = { product: "QSEfW", version: "1.6.4", os: "windows", address, clockSkew: null };
  const caller = { key, source: body.source, ...agent };
  return request.url === "/v1/consumption" ? report(caller, body) : sync(caller, body);
}

async function provenKey({ headers }: IncomingMessage) {
  const text = headers.authorization?.slice("Bearer ".length) ?? "";
  const key = parseKey(text);
  const publicKey = key && keys.get(key.kid);
  if (!publicKey) throw new Error("The key is unknown.");
  await compactVerify(text, publicKey, { algorithms: ["RS512"] });
  return key;
}

async function report(caller: Caller, body: Body): Promise<object> {
  const now = new Date();
  const elements = body.consumption.map((element) => readElement(element, now));
  const { slots } = groupReports([{ caller, elements, now }]);
  const { booked, totals } = await bookSlots(sql, slots, now);
  if (booked[0]?.refusal !== null) throw new Error("The key is unknown.");
  const consumption = elements.map((element) => {
    const isSame = ({ allotment, month }: { allotment: string; month: string }) =>
      "key" in element && allotment === element.key && month === element.month;
    return { id: element.id, total: totals.find(isSame)?.total };
  });
  return { serverTime: now, consumption };
}

async function sync(caller: Caller & { source: string }, { bases, patches }: Body): Promise<object> {
  const { key, source } = caller;
  const now = new Date();
  const actor = { kind: "product" as const, id: key.jti };
  const { license } = key;
  const changed =
    patches.length > 0 && (await changeAssignments(license, patches, { source, actor, now, caller }));
  const base = bases[0]?.version ?? 0;
  const call = {
    caller,
    sent: base,
    from: base,
    to: Number.MAX_SAFE_INTEGER,
    now,
    taken: changed ? { reportUse: false } : null,
  };
  const [row] = await readPages(sql, READ_DELTA, [call], PAGE + 1);
  if (row?.refusal !== null) throw new Error("The key is unknown.");
  const responses = changed ? changed.answers.map(({ row: own, rejection }) => ({ ...own, rejection })) : [];
  return { bases: [{ license, ...row.roster }], patches: responses };
}
