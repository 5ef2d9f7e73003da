import { expect, test } from "vitest";
import { store } from "@/server/store/store";
import { useStore } from "@/server/testing/test-store";
import { offerSetup, setupTokenHolds, takeSetupToken } from "./setup-token";

useStore();

const HOUR = 3_600_000;
const now = new Date("2026-01-01T00:00:00Z");
const later = (ms: number) => new Date(now.getTime() + ms);

test("the setup link is valid for an hour, until the next one, and once", async () => {
  const first = (await offerSetup(now)) ?? "";
  expect(await setupTokenHolds(first, later(HOUR - 1))).toBe(true);
  expect(await setupTokenHolds(first, later(HOUR))).toBe(false);
  const second = (await offerSetup(now)) ?? "";
  expect(await setupTokenHolds(first, now)).toBe(false);
  const takers = await Promise.all([1, 2, 3].map(() => takeSetupToken(second, now)));
  expect(takers.filter(Boolean)).toHaveLength(1);
  expect(await setupTokenHolds(second, now)).toBe(false);
});

test("the setup link isn't offered once there is an owner", async () => {
  const person = { id: "u", name: "Ada", email: "ada@signet.example", emailVerified: true, role: "owner" };
  await store().db.user.create({ data: { ...person, createdAt: now, updatedAt: now } });
  expect(await offerSetup(now)).toBeNull();
});
