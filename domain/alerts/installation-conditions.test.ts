import { expect, test } from "vitest";
import { alertChanges } from "./alert";
import { type FailingWebhook, installationConditions } from "./installation-conditions";

const NOW = new Date("2026-08-24T10:00:00Z");
const RULES = [{ when: "webhook" }] as const;

function conditionOf(disabled: FailingWebhook["disabled"]) {
  const webhook = { id: "w", name: "Billing", customer: null, since: NOW, disabled };
  const facts = { tokens: [], signingKeys: [], webhooks: [webhook], copies: { backups: null, upHours: 1 } };
  const [condition] = installationConditions(facts, RULES, NOW);
  if (!condition) throw new Error("A failing webhook has no condition.");
  return condition;
}

test("a webhook that is disabled after it failed is announced once more", () => {
  const failing = { ...conditionOf(null), id: "a", isOpen: true };
  expect(alertChanges([conditionOf(null)], [failing])).toEqual({ fired: [], reopened: [], resolved: [] });
  const condition = conditionOf("failing");
  expect(alertChanges([condition], [failing])).toEqual({
    fired: [{ condition, isAnnounced: true }],
    reopened: [],
    resolved: ["a"],
  });
  const disabled = { ...condition, id: "b", isOpen: true };
  const resolved = { ...failing, isOpen: false };
  expect(alertChanges([condition], [resolved, disabled])).toEqual({ fired: [], reopened: [], resolved: [] });
});

test("the data of a disabled webhook says why", () => {
  expect(conditionOf(null).data).toMatchObject({ disabled: false, reason: "failing" });
  expect(conditionOf("failing").data).toMatchObject({ disabled: true, reason: "failing" });
  expect(conditionOf("gone").data).toMatchObject({ disabled: true, reason: "gone" });
});
