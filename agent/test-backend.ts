import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { SecureVersion } from "node:tls";
import { denied, monthGrant, remaining } from "@/domain/consumption/quota";
import { definitionVersion } from "@/domain/licenses/definition-version";
import { leaseEnd, validityStatus } from "@/domain/licenses/lease";
import { problemType } from "@/domain/refusals/problem-type";
import type { Certificate } from "@/machine/test-certificate";
import type { DualUseCode, Settings, StopCode } from "./state";
import { DEFINITION } from "./test-definition";
import { TestLeases } from "./test-leases";
import { TestSeats } from "./test-seats";
import { TestSigner } from "./test-signer";
import { TestUse } from "./test-use";

export const NUMBER = "9999000000001253";

type Body = Record<string, unknown>;
type Reply = { status: number; body: unknown; headers?: Record<string, string> };

export type Seen = { method: string; path: string; body: Body; headers: IncomingMessage["headers"] };

/**
 * What the network does with a request: a response in its place, or a connection that breaks before or after the
 * work. With `isDone` the work is done, but the response doesn't say so.
 */
export type ResponsePlan = (Reply & { isDone?: true }) | "lost" | "reply lost" | undefined;

export type Tls = Certificate & { minVersion?: SecureVersion; maxVersion?: SecureVersion; ciphers?: string };

/** A backend in memory that counts, signs and responds like the real one, and fails on request. */
export class TestBackend {
  definition = DEFINITION;
  settings: Settings = {
    autoAssignProfessional: false,
    autoAssignAnalyzer: false,
    subjectMatching: "folded",
  };
  terms = { leaseDays: 14, graceDays: 14 };
  stop: StopCode | DualUseCode | null = null;
  unknownKeys = new Set<string>();
  planFor: (seen: Seen) => ResponsePlan = () => undefined;
  readonly seen: Seen[] = [];
  readonly seats = new TestSeats();
  readonly leases = new TestLeases();
  readonly use = new TestUse();
  /** The counted minutes, by source, allotment and month. */
  counted = new Map<string, { sequence: number; consumed: number }>();
  /** Whether it reserves minutes, as older backends don't. */
  knowsLeases = true;

  private readonly signer = new TestSigner();

  private constructor(
    private readonly clock: () => number,
    private readonly server: Server,
    private readonly scheme: string,
  ) {}

  static async open(clock: () => number, tls?: Tls): Promise<TestBackend> {
    let backend: TestBackend | null = null;
    const listener = (request: IncomingMessage, response: ServerResponse) =>
      void backend?.serve(request, response);
    const server = tls ? createSecureServer(tls, listener) : createServer(listener);
    backend = new TestBackend(clock, server, tls ? "https" : "http");
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    return backend;
  }

  get url(): string {
    return `${this.scheme}://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  newKey(license = NUMBER): Promise<string> {
    return this.signer.newKey(license);
  }

  /** Signs with another key from now on; with `sameKid` as an impostor would. */
  rotate(sameKid = false): void {
    this.signer.rotate(sameKid);
  }

  /** All minutes of a month, over every source. */
  total(month: string, allotment = "analyzer_time"): number {
    return [...this.counted].reduce(
      (sum, [key, { consumed }]) => sum + (key.endsWith(` ${allotment} ${month}`) ? consumed : 0),
      0,
    );
  }

  calls(path: string): Seen[] {
    return this.seen.filter((each) => each.path.startsWith(path));
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const sent = await text(request);
    const body: Body = sent === "" ? {} : JSON.parse(sent);
    const seen = { method: request.method ?? "", path: request.url ?? "", body, headers: request.headers };
    this.seen.push(seen);
    const plan = this.planFor(seen);
    if (plan === "lost") return void request.socket.destroy();
    if (typeof plan === "object" && plan.isDone) await this.respond(seen);
    const reply = typeof plan === "object" ? plan : await this.respond(seen);
    if (plan === "reply lost") return void request.socket.destroy();
    const isText = typeof reply.body === "string";
    response.writeHead(reply.status, {
      "content-type": isText ? "text/html" : "application/json",
      ...reply.headers,
    });
    response.end(reply.status === 304 ? undefined : isText ? reply.body : JSON.stringify(reply.body));
  }

  private async respond(seen: Seen): Promise<Reply> {
    const { path, body, headers } = seen;
    if (path === "/.well-known/jwks.json") return { status: 200, body: await this.signer.keySet() };
    const license = this.licenseIn(headers.authorization ?? "");
    if (!license) return problem(401, "INVALID_KEY");
    if (this.stop) return problem(403, this.stop);
    if (path === "/v1/activations") return { status: 200, body: await this.definitionReply(license) };
    if (path.startsWith("/v1/definition")) return this.conditional(seen, license);
    if (path === "/v1/assignments/sync")
      return { status: 200, body: this.seats.answer(this, license, body, this.now()) };
    if (seen.method === "GET") return { status: 200, body: this.totals(path) };
    const consumption = asArray(body.consumption).map((each) => this.book(String(body.source), each));
    const answer = { consumption, ...this.use.deny(String(body.source), body), ...this.lease(body) };
    return { status: 200, body: { serverTime: this.now().toISOString(), ...answer } };
  }

  private lease({ source, run, leases }: Body): Body {
    if (!this.knowsLeases || leases === undefined) return {};
    const isOn = this.settings.whenOffline === "bounded";
    const results = asArray(leases).map((item) => {
      const { quota, overage, total } = this.monthOf(String(item.allotment), String(item.month));
      const cap = overage === "YES" ? null : quota + overage;
      return this.leases.answer({ source, run, item, isOn, cap, total, now: this.now() });
    });
    return { leases: results };
  }

  private now(): Date {
    return new Date(this.clock());
  }

  private licenseIn(authorization: string): string | null {
    const key = authorization.replace("Bearer ", "");
    if (this.unknownKeys.has(key)) return null;
    const claims = JSON.parse(Buffer.from(key.split(".")[1] ?? "", "base64url").toString() || "{}");
    return typeof claims.license === "string" ? claims.license : null;
  }

  private async conditional({ headers }: Seen, license: string): Promise<Reply> {
    const reply = await this.definitionReply(license);
    const etag = `"${reply.version}-${JSON.stringify(this.settings).length}-${this.signer.kid}"`;
    const common = { etag, "signet-valid-until": reply.latestValidTime };
    const status = headers["if-none-match"] === etag ? 304 : 200;
    return { status, body: reply, headers: common };
  }

  private async definitionReply(license: string) {
    const { definition, settings, terms } = this;
    const now = this.now();
    const version = definitionVersion(definition);
    const until = leaseEnd(definition.valid, now, terms);
    const claims = { license, version, definition, iat: seconds(now), exp: seconds(until) };
    const jws = await this.signer.signDefinition(claims);
    const sld = base64({ signedDef: { definition: base64(definition), jws } });
    const status = validityStatus(definition.valid, now, terms.graceDays);
    const pace = { refreshAfter: 86_400, syncEvery: 600, serverTime: now.toISOString() };
    return {
      license,
      version,
      epoch: "1",
      status,
      definition,
      settings,
      sld,
      latestValidTime: until.toISOString(),
      ...pace,
    };
  }

  private totals(path: string) {
    const month = new URL(path, this.url).searchParams.get("month") ?? "";
    const allotments = this.definition.allotments.filter(({ usage }) => usage.class === "time");
    return {
      consumption: allotments.map(({ name }) => ({ allotment: name, month, ...this.monthOf(name, month) })),
    };
  }

  private book(source: string, element: Body) {
    const { id, allotment, month, consumption, sequence } = element;
    const key = `${source} ${allotment} ${month}`;
    const before = this.counted.get(key) ?? { sequence: 0, consumed: 0 };
    const duplicate = Number(sequence) <= before.sequence;
    if (!duplicate) this.leases.book(element.lease, Number(consumption));
    const after = duplicate
      ? before
      : { sequence: Number(sequence), consumed: before.consumed + Number(consumption) };
    this.counted.set(key, after);
    return {
      id,
      allotment,
      month,
      ...this.monthOf(String(allotment), String(month)),
      duplicate,
      sequence: after.sequence,
      ...this.use.store(source, element),
    };
  }

  private monthOf(allotment: string, month: string) {
    const grant = monthGrant([{ from: new Date(0), definition: this.definition }], allotment, month);
    const total = this.total(month, allotment);
    return { total, ...grant, remaining: remaining(grant, total), denied: denied(grant, total) };
  }
}

export function problem(status: number, code: string, headers: Record<string, string> = {}): Reply {
  const body = { type: problemType(code), title: code, status, code, detail: `It says ${code}.` };
  return { status, body, headers: { "content-type": "application/problem+json", ...headers } };
}

function base64(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64");
}

function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}

function asArray(value: unknown): Body[] {
  return Array.isArray(value) ? value : [];
}
