import { expect, onTestFinished, test, vi } from "vitest";
import { type Certificate, selfSigned } from "@/machine/test-certificate";
import type { AgentOptions } from "./agent";
import { statusOf } from "./status";
import { type World, world } from "./test-agent";
import { TestBackend } from "./test-backend";
import { TestProxy } from "./test-proxy";

vi.setConfig({ testTimeout: 60_000 });

async function openProxy(): Promise<TestProxy> {
  const proxy = await TestProxy.open();
  onTestFinished(() => proxy.close());
  return proxy;
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

test("a proxy with a password is used, for plain requests and for CONNECT", async () => {
  const proxy = await openProxy();
  const plain = await world({ proxy: proxy.url() });
  expect(await refusal(plain)).toBe("taken");
  expect(proxy.passed).toContain(`POST ${plain.backend.url}/v1/activations`);
  const secure = await secured(({ cert }) => ({ proxy: proxy.url(), ca: cert }));
  expect(await refusal(secure)).toBe("taken");
  expect(proxy.passed).toContain(`CONNECT ${new URL(secure.backend.url).host}`);
});

test("a wrong proxy password is reported, and never shown", async () => {
  const proxy = await openProxy();
  const plain = await refusal(await world({ proxy: proxy.url("acme:secret") }));
  const secure = await refusal(await secured(({ cert }) => ({ proxy: proxy.url("acme:secret"), ca: cert })));
  for (const words of [plain, secure]) {
    expect(words).toContain("missing or wrong");
    expect(words).not.toContain("secret");
  }
});

test("a proxy that goes down is an outage, and its return ends it", async () => {
  const proxy = await openProxy();
  const all = await world({ proxy: proxy.url() });
  await refusal(all);
  proxy.isDown = true;
  await expect(all.agent.sync()).rejects.toThrow("the proxy 127.0.0.1");
  expect(statusOf(all.agent.state(), all.agent.now(), null).state).toBe("ready");
  proxy.isDown = false;
  await all.agent.sync();
  expect(all.agent.state().contact.failures).toBe(0);
});

test("a proxy that blocks the backend's host is reported", async () => {
  const proxy = await openProxy();
  proxy.refuses = true;
  expect(await refusal(await secured(({ cert }) => ({ proxy: proxy.url(), ca: cert })))).toContain(
    "refused the connection",
  );
});

test("a certificate of an unknown CA is refused, and accepted with its own CA", async () => {
  expect(await refusal(await secured(() => ({})))).toContain("--ca");
  expect(await refusal(await secured(({ cert }) => ({ ca: cert })))).toBe("taken");
});

test("a missing common TLS version is reported", async () => {
  const tls = { ...selfSigned(), maxVersion: "TLSv1.2" as const };
  const options = { ca: tls.cert, tlsMin: "TLSv1.3" as const };
  expect(await refusal(await world(options, new Date().toISOString(), tls))).toContain(
    "--tls-min and --ciphers",
  );
});

test("a missing common cipher is reported, and a common one is used", async () => {
  const tls = { ...selfSigned(), maxVersion: "TLSv1.2" as const, ciphers: "ECDHE-ECDSA-AES256-GCM-SHA384" };
  const offering = async (ciphers: string) =>
    refusal(await world({ ca: tls.cert, ciphers }, new Date().toISOString(), tls));
  expect(await offering("ECDHE-ECDSA-AES128-GCM-SHA256")).toContain("--tls-min and --ciphers");
  expect(await offering("ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384")).toBe("taken");
});

test("IANA cipher names with commas work, and an unknown one is reported before anything is sent", async () => {
  const tls = { ...selfSigned(), ciphers: "TLS_AES_128_GCM_SHA256:ECDHE-ECDSA-AES256-GCM-SHA384" };
  const offering = async (ciphers: string) =>
    refusal(await world({ ca: tls.cert, ciphers }, new Date().toISOString(), tls));
  const names = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";
  expect(await offering(names)).toBe("taken");
  expect(await offering("TLS_AES_128_GCM_SHA256")).toBe("taken");
  expect(await offering("TLS_AES_256_GCM_SHA384")).toContain("--tls-min and --ciphers");
  await expect(world({ ciphers: `${names},TLS_NOPE` })).rejects.toThrow(
    "--ciphers can't be used: this machine's OpenSSL does not know TLS_NOPE.",
  );
});

test("TLS 1.1 is never used, whatever the backend offers", async () => {
  const old = { minVersion: "TLSv1.1" as const, maxVersion: "TLSv1.1" as const, ciphers: "ALL@SECLEVEL=0" };
  const tls = { ...selfSigned(), ...old };
  expect(await refusal(await world({ ca: tls.cert }, new Date().toISOString(), tls))).toContain("--tls-min");
});

test("if nothing listens, the address and port are named", async () => {
  const words = await refusal(await world({ backend: "http://127.0.0.1:9" }));
  expect(words).toContain("127.0.0.1:9");
});

test("http to a TLS port, and https to a plain one, are reported", async () => {
  const tls = selfSigned();
  const [secure, plain] = [await TestBackend.open(Date.now, tls), await TestBackend.open(Date.now)];
  onTestFinished(async () => void (await Promise.all([secure.close(), plain.close()])));
  const called = (backend: string) => world({ backend, ca: tls.cert }).then(refusal);
  expect(await called(secure.url.replace("https:", "http:"))).toContain("Begin it with https://");
  expect(await called(plain.url.replace("http:", "https:"))).toContain("Begin it with http://");
});
