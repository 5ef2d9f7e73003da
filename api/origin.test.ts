import { afterEach, expect, test, vi } from "vitest";
import { forgetProcessState } from "@/server/store/per-process";
import { newApp } from "./http";
import { originOf } from "./origin";

vi.stubEnv("LOG_LEVEL", "silent");
const app = newApp();
app.get("/", (c) => c.text(originOf(c)));

afterEach(() => {
  vi.unstubAllEnvs();
  vi.stubEnv("LOG_LEVEL", "silent");
  forgetProcessState();
});

type Case = [settings: Record<string, string>, headers: Record<string, string>, origin: string];

const TRUSTED = { TRUST_PROXY: "true" };
const PUBLIC = { PUBLIC_URL: "https://signet.example/" };

test.each<Case>([
  [{}, { Host: "10.0.0.5:3000" }, "http://10.0.0.5:3000"],
  [{}, { Host: "[::1]:3000" }, "http://[::1]:3000"],
  [{}, { Host: "a b" }, "http://localhost"],
  [{}, { Host: "10.0.0.5:3000", "X-Forwarded-Host": "elsewhere.example" }, "http://10.0.0.5:3000"],
  [PUBLIC, { Host: "10.0.0.5:3000" }, "https://signet.example"],
  [{ PUBLIC_URL: "https://signet.example/keys" }, { Host: "a" }, "https://signet.example/keys"],
  [TRUSTED, { Host: "10.0.0.5:3000" }, "http://10.0.0.5:3000"],
  [
    TRUSTED,
    { Host: "a", "X-Forwarded-Host": "b.example, c", "X-Forwarded-Proto": "HTTPS" },
    "https://b.example",
  ],
  [TRUSTED, { Host: "a", "X-Forwarded-Prefix": "/signet/" }, "http://a/signet"],
  [TRUSTED, { Host: "a", "X-Forwarded-Prefix": "/a/b?c" }, "http://a"],
  [TRUSTED, { Host: "a", "X-Forwarded-Host": "b/c", "X-Forwarded-Proto": "ftp" }, "http://a"],
  [{ ...TRUSTED, ...PUBLIC }, { Host: "signet.example" }, "https://signet.example"],
  [{ ...TRUSTED, ...PUBLIC }, { Host: "a", "X-Forwarded-Host": "b:8443" }, "http://b:8443"],
])("with %j and %j it is %s", async (settings, headers, origin) => {
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  expect(await (await app.request("/", { headers })).text()).toBe(origin);
});
