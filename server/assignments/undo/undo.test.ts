import { beforeEach, expect, test } from "vitest";
import type { Actor } from "@/server/access/actor";
import { renameDeployment } from "@/server/deployments/deployments";
import type { License } from "@/server/licenses/license";
import { changeLicense } from "@/server/licenses/license-changes";
import { licenseByNumber } from "@/server/licenses/licenses";
import { store } from "@/server/store/store";
import { makeLicense, NOW, OWNER } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { undo } from "./undo";
import { type Inverse, issueUndoToken, readUndoToken } from "./undo-token";

useStore();

const actor: Actor = { kind: "user", id: OWNER.id };
const inverse: Inverse = {
  set: {
    field: "license.settings",
    to: { autoAssignAnalyzer: false },
    still: { autoAssignAnalyzer: true },
  },
};

let license: License;
beforeEach(async () => {
  license = await makeLicense();
});

const scope = (change: Partial<Parameters<typeof issueUndoToken>[1]> = {}) => ({
  license: license.number,
  actor,
  now: NOW,
  ...change,
});
const after = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const settings = async () => (await licenseByNumber(license.number, NOW)).settings;
const setting = (autoAssignAnalyzer: boolean) =>
  changeLicense(license.number, { settings: { autoAssignAnalyzer } }, null, actor, NOW);

test("an undo token works for the person who made the change, on that license, for 15 minutes", () => {
  const sealed = issueUndoToken([inverse], scope());
  expect(readUndoToken(sealed, scope({ now: after(15) }))).toEqual([inverse]);
  const foreign = [
    scope({ now: after(15.01) }),
    scope({ license: "1" }),
    scope({ actor: { kind: "user", id: "eve" } }),
    scope({ actor: { kind: "token", id: OWNER.id } }),
  ];
  for (const other of foreign)
    expect(() => readUndoToken(sealed, other)).toThrow(expect.objectContaining({ code: "UNDO_OVER" }));
  expect(() => readUndoToken("x", scope())).toThrow(expect.objectContaining({ code: "UNDO_OVER" }));
});

test("an encrypted undo token reveals nothing of its content", () => {
  const sealed = Buffer.from(issueUndoToken([inverse], scope()), "base64url").toString("latin1");
  expect(sealed).not.toContain("autoAssign");
});

test("a setting is set back, unless it was changed again since", async () => {
  await setting(true);
  await undo(issueUndoToken([inverse], scope()), OWNER, scope());
  expect((await settings()).autoAssignAnalyzer).toBe(false);
  await expect(undo(issueUndoToken([inverse], scope()), OWNER, scope())).rejects.toMatchObject({
    code: "CHANGED_MEANWHILE",
  });
});

test("a role that can't change a field can't undo a change of it either", async () => {
  await setting(true);
  const auditor = { ...OWNER, role: "auditor" as const };
  await expect(undo(issueUndoToken([inverse], scope()), auditor, scope())).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  expect((await settings()).autoAssignAnalyzer).toBe(true);
});

test("a name is set back, unless there is a newer one", async () => {
  const { number } = license;
  const row = { license: number, source: "warsaw", jti: crypto.randomUUID(), firstSeen: NOW, lastSeen: NOW };
  await store().db.deployment.create({ data: row });
  const rename = (name: string) => renameDeployment(number, "warsaw", name, actor, NOW);
  await rename("Warsaw");
  const back = issueUndoToken(
    [{ set: { field: "deployment.name", source: "warsaw", to: "", still: "Warsaw" } }],
    scope(),
  );
  await rename("Warsaw, prod");
  await expect(undo(back, OWNER, scope())).rejects.toMatchObject({ code: "CHANGED_MEANWHILE" });
  await rename("Warsaw");
  await undo(back, OWNER, scope());
  expect((await rename("")).name).toBeNull();
});
