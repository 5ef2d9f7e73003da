import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { withEffects } from "@/server/store/statement-result";
import { inTurn } from "./assignment-turns";

const LONG_MS = 60_000;

/** A change of a license by a request that arrived long ago. */
function late(license: string) {
  return withEffects(() => inTurn(license, async () => "changed"), performance.now() - LONG_MS);
}

test("a change that waited too long for another of its license is refused", async () => {
  const first = inTurn("1", () => setImmediate());
  const second = late("1");
  await first;
  await expect(second).rejects.toMatchObject({ code: "OVERLOADED" });
});

test("one that nobody delays begins, however long its request has worked before", async () => {
  await expect(late("1")).resolves.toBe("changed");
});

test("a change that fails doesn't stop the next", async () => {
  const first = inTurn("1", () => Promise.reject(new Error("no")));
  const second = inTurn("1", async () => "changed");
  await expect(first).rejects.toThrow("no");
  await expect(second).resolves.toBe("changed");
});
