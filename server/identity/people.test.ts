import { expect, test } from "vitest";
import { store } from "@/server/store/store";
import { useStore } from "@/server/testing/test-store";
import { createFirstOwner, ownedSince } from "./people";
import { offerSetup, setupTokenHolds } from "./setup-token";

useStore();

const now = new Date("2026-03-01T10:00:00Z");
const ana = { name: "Ana Ruiz", email: "ana@contoso.example", password: "correct horse battery" };

test("a setup link creates one owner, however many use it at once", async () => {
  const token = String(await offerSetup(now));
  expect(await ownedSince()).toBeNull();
  await expect(createFirstOwner("another token", ana, now)).rejects.toMatchObject({ code: "OWNER_EXISTS" });
  const rivals = ["ana@contoso.example", "eve@contoso.example"].map((email) =>
    createFirstOwner(token, { ...ana, email }, now),
  );
  const ends = (await Promise.allSettled(rivals)).map(({ status }) => status);
  expect(ends.sort()).toEqual(["fulfilled", "rejected"]);
  expect(await store().db.user.count()).toBe(1);
  expect(await ownedSince()).toEqual(now);
  expect(await setupTokenHolds(token, now)).toBe(false);
  expect(await offerSetup(now)).toBeNull();
});

test("the first owner is in the audit of the installation, without password or e-mail", async () => {
  const [event] = await store().db.auditEvent.findMany({ where: { action: "user.created" } });
  const user = await store().db.user.findFirstOrThrow();
  expect(event).toMatchObject({ chain: "installation", actor: user.id, object: user.id, at: now });
  expect(JSON.stringify(event?.details)).not.toMatch(/correct horse|@/);
});
