import { expect, test } from "vitest";
import { alertChanges } from "./alert";
import { type CopyFacts, copyConditions } from "./copy-conditions";

const NOW = new Date("2026-08-24T10:00:00Z");
const ago = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);
const backups = (newest: number | null, failed: number | null) => ({
  newest: newest === null ? null : { at: ago(newest), bytes: 1 },
  failed: failed === null ? null : ago(failed),
  hours: 24,
});

const stateOf = (kind: string, facts: Partial<CopyFacts>) =>
  copyConditions({ backups: null, upHours: 1, ...facts }, NOW).find((one) => one.kind === kind)?.state;

test.each<[string, Partial<CopyFacts>, string | undefined]>([
  ["none are to be written", {}, undefined],
  ["the last one is three hours old", { checkpoint: ago(3) }, "off"],
  ["the last one is older than three hours", { checkpoint: ago(3.01) }, "on"],
  ["there never was one", { checkpoint: null }, "on"],
  ["the server began only now", { checkpoint: ago(9), upHours: 0.9 }, "held"],
])("checkpoints, when %s: %s", (_, facts, state) => {
  expect(stateOf("checkpoint.overdue", facts)).toBe(state);
});

test.each<[string, Partial<CopyFacts>, string]>([
  ["this server schedules none", { backups: null }, "held"],
  ["the newest one is due for two hours", { backups: backups(26, null) }, "off"],
  ["the newest one is due for longer", { backups: backups(26.1, null) }, "on"],
  ["there is none", { backups: backups(null, null) }, "on"],
  ["the server began only now", { backups: backups(30, null), upHours: 0.9 }, "held"],
  ["the last attempt failed", { backups: backups(20, 1), upHours: 0.1 }, "on"],
  ["one failed, and the next one didn't", { backups: backups(1, 20) }, "off"],
])("backups, when %s", (_, facts, state) => {
  expect(stateOf("backup.overdue", facts)).toBe(state);
});

test("each time without checkpoints is announced once, and resolved by the next checkpoint", () => {
  const at = (last: Date) => copyConditions({ checkpoint: last, backups: null, upHours: 9 }, NOW);
  const [, late] = at(ago(5));
  if (!late) throw new Error("There is no condition.");
  const known = { ...late, id: "a", isOpen: true };
  expect(alertChanges(at(ago(5)), []).fired.map(({ condition }) => condition)).toEqual([late]);
  expect(alertChanges(at(ago(5)), [known])).toEqual({ fired: [], reopened: [], resolved: [] });
  expect(alertChanges(at(ago(1)), [known]).resolved).toEqual(["a"]);
  const resolved = { ...known, isOpen: false };
  expect(alertChanges(at(ago(4)), [resolved]).fired).toHaveLength(1);
});
