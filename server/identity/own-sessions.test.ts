import { expect, test } from "vitest";
import { store } from "@/server/store/store";
import { makePerson, signedIn } from "@/server/testing/test-people";
import { useStore } from "@/server/testing/test-store";
import { noteSeen, prolongSession } from "./own-sessions";

useStore();

const HOUR = 3_600_000;

async function session() {
  const { id, email } = await makePerson("auditor");
  await signedIn(email);
  return store().db.session.findFirstOrThrow({ where: { userId: id } });
}

test("an open session lasts as long as a new one from now on", async () => {
  const { id, expiresAt } = await session();
  const before = new Date(expiresAt.getTime() - 1000);
  expect(await prolongSession(id, before, 12 * 3600)).toBe(true);
  const prolonged = await store().db.session.findUniqueOrThrow({ where: { id } });
  expect(prolonged.expiresAt).toEqual(new Date(before.getTime() + 12 * HOUR));
});

test("an ended session stays ended", async () => {
  const { id, expiresAt } = await session();
  expect(await prolongSession(id, expiresAt, 12 * 3600)).toBe(false);
  expect(await prolongSession("no session", new Date(), 12 * 3600)).toBe(false);
  const after = await store().db.session.findUniqueOrThrow({ where: { id } });
  expect(after.expiresAt).toEqual(expiresAt);
});

test("a person's last activity is recorded once in five minutes", async () => {
  const before = await session();
  await noteSeen(before, new Date(before.updatedAt.getTime() + 299_999));
  const seenAt = async () =>
    (await store().db.user.findUniqueOrThrow({ where: { id: before.userId } })).lastSeenAt;
  expect(await seenAt()).toBeNull();
  const later = new Date(before.updatedAt.getTime() + 300_000);
  await noteSeen(before, later);
  expect(await seenAt()).toEqual(later);
});
