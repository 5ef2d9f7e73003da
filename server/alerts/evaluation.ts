import { installationConditions } from "@/domain/alerts/installation-conditions";
import { licenseConditions } from "@/domain/alerts/license-conditions";
import { nextLook } from "@/domain/alerts/next-look";
import { reachedLimits } from "@/domain/alerts/reached-limits";
import { INSTALLATION } from "@/server/secrets/data-keys";
import { store } from "@/server/store/store";
import { installationRules, rulesOf } from "./alert-rules";
import { type Finding, writeFindings } from "./alert-writing";
import { type Audience, alertAudience } from "./audience";
import { installationFacts } from "./installation-facts";
import { watchedLicenses } from "./license-facts";
import { movedLicenses } from "./moved-licenses";

/** How many licenses are evaluated in one transaction. */
const BATCH = 200;

/**
 * Looks at everything that moved since the last time. It may run at any moment and on several servers: one of them
 * evaluates, and the others leave it to that one.
 */
export async function evaluateAlerts(now: Date): Promise<void> {
  const numbers = await movedLicenses(now);
  const audience = await alertAudience();
  for (let from = 0; from < numbers.length; from += BATCH) {
    const findings = await licenseFindings(numbers.slice(from, from + BATCH), now);
    if (!(await writeFindings(findings, audience, now))) return;
  }
  await evaluateInstallation(audience, now);
}

async function licenseFindings(numbers: string[], now: Date): Promise<Finding[]> {
  const licenses = await watchedLicenses(numbers, now);
  const rules = await rulesOf(numbers);
  return licenses.map(({ number, facts, ...license }) => {
    const own = rules.of(number).rules;
    return {
      ...license,
      scope: number,
      dueAt: nextLook(facts, own, now),
      conditions: licenseConditions(facts, own, now),
      reached: reachedLimits(facts, now),
    };
  });
}

/** The installation is small and is looked at each time; its last look is that of all. */
async function evaluateInstallation(audience: Audience, now: Date): Promise<void> {
  const watch = await store().db.alertWatch.findUnique({ where: { scope: INSTALLATION } });
  const [facts, { rules }] = await Promise.all([installationFacts(now), installationRules()]);
  const finding: Finding = {
    ...{ scope: INSTALLATION, customerId: null, isSample: false, version: watch?.version ?? 0 },
    ...{ state: "", dueAt: now, seen: [], conditions: installationConditions(facts, rules, now) },
    reached: [],
  };
  await writeFindings([finding], audience, now);
}
