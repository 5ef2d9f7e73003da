import { expect, onTestFinished, test } from "vitest";
import { agentClient } from "./client";
import { serveAgent } from "./serve";
import { newFolder } from "./test-agent";
import { TestBackend } from "./test-backend";

async function served(token?: string) {
  const backend = await TestBackend.open(Date.now);
  const where = { backend: backend.url, data: newFolder(), port: 0, token };
  const served = await serveAgent({ ...where, isFast: true, witness: null });
  onTestFinished(async () => {
    await served.close();
    await backend.close();
  });
  return { url: served.url, key: await backend.newKey() };
}

test("the TypeScript client has every call of the local API", async () => {
  const { url, key } = await served("let-me-in");
  const agent = agentClient({ url, token: "let-me-in" });
  expect(await agent.access("acme\\bob")).toEqual({ granted: false, reason: "NO_LICENSE" });
  expect((await agent.enterKey(key)).state).toBe("ready");
  expect(await agent.assign("acme\\bob", "professional")).toMatchObject({ state: "assigned" });
  expect(await agent.access("acme\\bob")).toMatchObject({ granted: true, allotment: "professional" });
  expect(await agent.time({ minutes: 3, subject: "acme\\eve" })).toMatchObject({ granted: true, charged: 6 });
  expect((await agent.sync()).waiting).toEqual({ patches: 0, minutes: 0 });
  await agent.release("acme\\bob", "professional");
  expect(await agent.assignments()).toEqual([]);
  expect((await agent.removeKey()).license).toBeNull();
  expect((await agent.license()).state).toBe("no-license");
});

test("a refusal has the agent's code, and so does an absent agent", async () => {
  const { url } = await served();
  await expect(agentClient({ url }).assign("x", "analyzer")).rejects.toMatchObject({
    code: "NO_LICENSE",
    status: 403,
  });
  await expect(agentClient({ url: "http://127.0.0.1:9" }).license()).rejects.toMatchObject({
    code: "AGENT_AWAY",
  });
});
