import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import type { AgentOptions } from "./agent";
import { statusOf } from "./status";
import { type World, world } from "./test-agent";
import { type Certificate, selfSigned } from "./test-certificate";

vi.setConfig({ testTimeout: 60_000 });

const PASSWORD = `Basic ${Buffer.from("acme:open sesame").toString("base64")}`;

/** A forward proxy that wants a password: CONNECT for TLS, whole addresses for the rest. */
class TestProxy {
  readonly passed: string[] = [];
  isDown = false;
  refuses = false;

  private constructor(private readonly server: Server) {}

  static async open(): Promise<TestProxy> {
    const server = createServer();
    const proxy = new TestProxy(server);
    server.on("connect", (asked: IncomingMessage, socket: Socket) => proxy.tunnel(asked, socket));
    server.on("request", (asked: IncomingMessage, answer: ServerResponse) => proxy.forward(asked, answer));
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    onTestFinished(() => void server.close());
    return proxy;
  }

  url(user = "acme:open%20sesame"): string {
    return `http://${user}@127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private tunnel(asked: IncomingMessage, socket: Socket): void {
    socket.on("error", () => {});
    if (this.isDown) return void socket.destroy();
    if (asked.headers["proxy-authorization"] !== PASSWORD)
      return void socket.end(
        "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n",
      );
    if (this.refuses) return void socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    this.passed.push(`CONNECT ${asked.url}`);
    const [host, port] = (asked.url ?? "").split(":");
    const there = connect(Number(port), host, () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      there.pipe(socket).pipe(there);
    });
    there.on("error", () => socket.destroy());
  }

  private forward(asked: IncomingMessage, answer: ServerResponse): void {
    if (this.isDown) return void asked.socket.destroy();
    if (asked.headers["proxy-authorization"] !== PASSWORD)
      return void answer.writeHead(407).end("<html>Who are you?</html>");
    this.passed.push(`${asked.method} ${asked.url}`);
    const there = request(asked.url ?? "", { method: asked.method, headers: asked.headers }, (reply) => {
      answer.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(answer);
    });
    asked.pipe(there);
  }
}

async function secured(options: (tls: Certificate) => Partial<AgentOptions>): Promise<World> {
  const tls = selfSigned();
  return world(options(tls), new Date().toISOString(), tls);
}

async function refusal({ agent, backend }: World): Promise<string> {
  const key = await backend.newKey();
  return agent.enterKey(key).then(
    () => "taken",
    (error: Error) => error.message,
  );
}

test("a proxy with a password is gone through, in clear as by CONNECT", async () => {
  const proxy = await TestProxy.open();
  const plain = await world({ proxy: proxy.url() });
  expect(await refusal(plain)).toBe("taken");
  expect(proxy.passed).toContain(`POST ${plain.backend.url}/v1/activations`);
  const secure = await secured(({ cert }) => ({ proxy: proxy.url(), ca: cert }));
  expect(await refusal(secure)).toBe("taken");
  expect(proxy.passed).toContain(`CONNECT ${new URL(secure.backend.url).host}`);
});

test("a wrong proxy password is told, and never shown", async () => {
  const proxy = await TestProxy.open();
  const plain = await refusal(await world({ proxy: proxy.url("acme:secret") }));
  const secure = await refusal(await secured(({ cert }) => ({ proxy: proxy.url("acme:secret"), ca: cert })));
  for (const words of [plain, secure]) {
    expect(words).toContain("missing or wrong");
    expect(words).not.toContain("secret");
  }
});

test("a proxy that goes down is an outage, and its return ends it", async () => {
  const proxy = await TestProxy.open();
  const all = await world({ proxy: proxy.url() });
  await refusal(all);
  proxy.isDown = true;
  await expect(all.agent.sync()).rejects.toThrow("the proxy 127.0.0.1");
  expect(statusOf(all.agent.state(), all.agent.now(), null).state).toBe("ready");
  proxy.isDown = false;
  await all.agent.sync();
  expect(all.agent.state().contact.failures).toBe(0);
});

test("a proxy that does not let this host through is told", async () => {
  const proxy = await TestProxy.open();
  proxy.refuses = true;
  expect(await refusal(await secured(({ cert }) => ({ proxy: proxy.url(), ca: cert })))).toContain(
    "refused the way",
  );
});

test("a certificate of an unknown CA is refused, and taken with its own CA", async () => {
  expect(await refusal(await secured(() => ({})))).toContain("--ca");
  expect(await refusal(await secured(({ cert }) => ({ ca: cert })))).toBe("taken");
});

test("no common TLS version is told", async () => {
  const tls = { ...selfSigned(), maxVersion: "TLSv1.2" as const };
  const options = { ca: tls.cert, tlsMin: "TLSv1.3" as const };
  expect(await refusal(await world(options, new Date().toISOString(), tls))).toContain(
    "--tls-min and --ciphers",
  );
});

test("nothing listens: the address and port are named", async () => {
  const words = await refusal(await world({ backend: "http://127.0.0.1:9" }));
  expect(words).toContain("127.0.0.1:9");
});
