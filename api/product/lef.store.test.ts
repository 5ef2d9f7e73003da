import { expect, test, vi } from "vitest";
import { createApi } from "@/api/app";
import { SYSTEM } from "@/server/access/actor";
import { createControl } from "@/server/legacy/control-numbers";
import { makeLicense, NOW } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";

vi.stubEnv("LOG_LEVEL", "silent");
useStore();

const app = createApi({ clock: () => NOW });

function post(body: unknown, headers: Record<string, string> = {}) {
  return app.request("/v1/lef", {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

test("a LEF is returned as JSON, and as text on request", async () => {
  const { number } = await makeLicense({ product: "QSEfE" });
  const control = await createControl(number, SYSTEM, NOW);
  const json = await post({ serial: number.replace(/(....)/g, "$1 "), control });
  expect([json.status, json.headers.get("Cache-Control")]).toEqual([200, "no-store"]);
  const { lef, omitted } = await json.json();
  expect([lef.split("\n")[0], omitted]).toEqual([number, ["product"]]);
  const text = await post({ serial: number, control }, { Accept: "text/plain" });
  expect([text.headers.get("Content-Type"), await text.text()]).toEqual(["text/plain; charset=UTF-8", lef]);
});

test("a wrong pair fails, and too many attempts have to wait", async () => {
  const wrong = { serial: "1234567812345678", control: "ABCD-EFGH-JKMN" };
  for (let failed = 0; failed < 5; failed++) {
    const response = await post(wrong);
    expect([response.status, await response.json()]).toMatchObject([
      401,
      { code: "LEF_REFUSED", title: "Failed to get LEF from server" },
    ]);
  }
  const paused = await post(wrong);
  expect([paused.status, paused.headers.get("Retry-After")]).toEqual([429, "900"]);
});

test.each([
  ["no JSON", 422, "INVALID_BODY"],
  [[], 422, "INVALID_BODY"],
  [{ serial: "1234567812345678" }, 422, "INVALID_BODY"],
  [{ serial: 1234567812345678, control: "x" }, 422, "INVALID_BODY"],
  [{ serial: "1234567812345678", control: "x".repeat(4096) }, 413, "BODY_TOO_LARGE"],
])("%j is refused", async (body, status, code) => {
  const response = await post(body);
  expect([response.status, (await response.json()).code]).toEqual([status, code]);
});
