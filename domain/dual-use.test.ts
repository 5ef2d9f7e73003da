import { describe, expect, test } from "vitest";
import {
  DUAL_USE_STATES,
  decisionOn,
  dualUseRefusal,
  type OfferRoom,
  offerState,
  offerWithRoom,
  whyNoRoom,
} from "./dual-use";

const NOW = new Date("2026-11-28T23:59:59.999Z");
const NEXT = new Date("2026-11-29T00:00:00Z");

test.each([
  [{ until: null, isWithdrawn: false }, NOW, "open"],
  [{ until: "2026-11-28", isWithdrawn: false }, NOW, "open"],
  [{ until: "2026-11-28", isWithdrawn: false }, NEXT, "ended"],
  [{ until: "2026-11-27", isWithdrawn: false }, NOW, "ended"],
  [{ until: null, isWithdrawn: true }, NOW, "withdrawn"],
  [{ until: "2026-11-27", isWithdrawn: true }, NOW, "withdrawn"],
] as const)("the offer %j at %s is %s", (offer, now, state) => {
  expect(offerState(offer, now)).toBe(state);
});

test("a rejection has its reason, and every refusal names the product", () => {
  const reason = "Moved to the new cluster.";
  expect(dualUseRefusal("DUAL_USE_REJECTED", "QV", reason).detail).toContain(reason);
  const codes = [
    "PRODUCT_NOT_LICENSED",
    "DUAL_USE_REQUIRED",
    "DUAL_USE_REJECTED",
    "DUAL_USE_WITHDRAWN",
  ] as const;
  for (const code of codes)
    expect(dualUseRefusal(code, "QV", null)).toMatchObject({ code, detail: expect.stringContaining("QV") });
});

test("requests change status only in these ways", () => {
  const decisions = ["accepted", "rejected", "withdrawn"] as const;
  const table = DUAL_USE_STATES.map((state) => [state, ...decisions.map((to) => decisionOn(state, to))]);
  expect(table).toEqual([
    ["waiting", "yes", "yes", "no"],
    ["accepted", "same", "no", "yes"],
    ["rejected", "yes", "same", "no"],
    ["withdrawn", "yes", "no", "same"],
  ]);
});

describe("an acceptance", () => {
  const offer = (id: string, more: Partial<OfferRoom> = {}): OfferRoom => ({
    ...{ id, until: null, isWithdrawn: false, deployments: 1, accepted: 0 },
    ...more,
  });
  const full = offer("full", { accepted: 1 });
  const shrunk = offer("shrunk", { accepted: 3 });
  const over = offer("over", { until: "2026-11-27" });
  const gone = offer("gone", { isWithdrawn: true });

  test.each<[OfferRoom[], string]>([
    [[offer("one"), offer("two")], "one"],
    [[full, shrunk, offer("two")], "two"],
    [[over, gone, offer("any", { deployments: null, accepted: 9 })], "any"],
  ])("counts against the first offer with room of %j", (offers, id) => {
    expect([offerWithRoom(offers, NOW).id, whyNoRoom(offers, NOW)]).toEqual([id, null]);
  });

  test.each<[OfferRoom[], string]>([
    [[], "OFFER_ENDED"],
    [[over, gone], "OFFER_ENDED"],
    [[full, over], "OFFER_FULL"],
    [[shrunk], "OFFER_FULL"],
    [[offer("none", { deployments: 0 })], "OFFER_FULL"],
  ])("has no room on %j: %s", (offers, code) => {
    const detail = whyNoRoom(offers, NOW);
    expect(() => offerWithRoom(offers, NOW)).toThrow(expect.objectContaining({ code, detail }));
  });
});
