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
  const open = await session();
  const before = new Date(open.expiresAt.getTime() - 1000);
  const ends = new Date(before.getTime() + 12 * HOUR);
  expect(await prolongSession(open, before, 12 * 3600)).toEqual(ends);
  const prolonged = await store().db.session.findUniqueOrThrow({ where: { id: open.id } });
  expect(prolonged.expiresAt).toEqual(ends);
});

test("a session ends a week after it began, however often it is extended", async () => {
  const open = await session();
  const { createdAt } = open;
  const extendAt = (hours: number) =>
    prolongSession(open, new Date(createdAt.getTime() + hours * HOUR), 12 * 3600);
  for (let hours = 11; hours < 7 * 24 - 12; hours += 11) expect(await extendAt(hours)).not.toBeNull();
  const last = new Date(createdAt.getTime() + 7 * 24 * HOUR);
  expect([await extendAt(160), await extendAt(167), await extendAt(168)]).toEqual([last, last, null]);
});

test("an ended session stays ended", async () => {
  const ended = await session();
  expect(await prolongSession(ended, ended.expiresAt, 12 * 3600)).toBeNull();
  expect(await prolongSession({ ...ended, id: "no session" }, new Date(), 12 * 3600)).toBeNull();
  const after = await store().db.session.findUniqueOrThrow({ where: { id: ended.id } });
  expect(after.expiresAt).toEqual(ended.expiresAt);
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
