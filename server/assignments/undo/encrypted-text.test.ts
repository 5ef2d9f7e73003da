import { expect, test } from "vitest";
import type { Actor } from "@/server/access/actor";
import { NOW, OWNER } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { decryptText, encryptText } from "./encrypted-text";

useStore();

const actor: Actor = { kind: "user", id: OWNER.id };
const after = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

test("an encrypted sentence can be read by the person it was made for, for 15 minutes, and by nobody else", () => {
  const sealed = encryptText("Released acme\\bob.", actor, NOW);
  expect(Buffer.from(sealed, "base64url").toString("latin1")).not.toContain("bob");
  expect(decryptText(sealed, actor, after(15))).toBe("Released acme\\bob.");
  expect(decryptText(sealed, actor, after(15.1))).toBeNull();
  expect(decryptText(sealed, { kind: "user", id: "another" }, NOW)).toBeNull();
  expect(decryptText(`${sealed.slice(0, -2)}AA`, actor, NOW)).toBeNull();
  expect(decryptText("", actor, NOW)).toBeNull();
});
