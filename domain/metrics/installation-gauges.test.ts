import { expect, test } from "vitest";
import { installationMetrics } from "./installation-gauges";
import type { InstallationFigures } from "./license-figures";

const NOW = new Date("2026-11-30T03:00:00Z");
const WAITING = { count: 0, oldest: null };
const FIGURES: InstallationFigures = {
  ...{ verified: null, outbox: WAITING, deliveries: WAITING },
  ...{ checks: [], rotatingKeys: 2 },
};

test("rotating keys are counted", () => {
  expect(installationMetrics(FIGURES, NOW)).toMatch(/^signet_rotating_keys 2$/m);
});

test.each<[string, Partial<InstallationFigures>, string[]]>([
  ["absent where none are to be written", {}, []],
  ["0 before the first, so that the alert fires", { checkpoint: null }, ["0"]],
  ["that of the last one", { checkpoint: NOW }, [String(NOW.getTime() / 1000)]],
])("the time of the checkpoint is %s", (_, change, values) => {
  const text = installationMetrics({ ...FIGURES, ...change }, NOW);
  expect(
    [...text.matchAll(/^signet_audit_checkpoint_timestamp_seconds (\S+)$/gm)].map(([, value]) => value),
  ).toEqual(values);
});
