"use client";

import { useDateStyle } from "@/components/shell/date-style-provider";
import { overageText } from "@/components/text/allotment-labels";
import { count, counted } from "@/components/text/numbers";
import type { MonthWhy, WhyReason } from "@/domain/consumption/month-why";
import type { CapacityMonth } from "@/server/consumption/capacity";
import { stretchText } from "./stretch-labels";
import styles from "./why-quota.module.css";

const REASONS: Record<WhyReason, string> = {
  LARGEST_CAP: "Used: the largest cap of the month.",
  SMALLER_CAP: "Not used: another part of the month has a larger cap.",
  NO_UNITS: "Not used: no units in force.",
  CORRECTED: "Not used: corrected before the month ended.",
};

/** The parts of the month that its quota and overage come from. */
export function WhyQuota({ of: { quota, why } }: { of: CapacityMonth }) {
  const dates = useDateStyle();
  return (
    <details className={styles.why}>
      <summary>Why is the quota {count(quota)}?</summary>
      <p>
        A month's quota and overage are those at the moment with the largest cap. Saving a definition during
        the month can raise them; only a correction lowers them.
      </p>
      <ol>
        {why.map((stretch) => (
          <li key={`${stretch.from} ${stretch.reason}`} data-counts={stretch.counts}>
            <span className={styles.when}>{stretchText(stretch, dates)}</span>
            <span>{grantInWords(stretch)}</span>
            <span>{REASONS[stretch.reason]}</span>
          </li>
        ))}
      </ol>
    </details>
  );
}

function grantInWords({ units, overage }: MonthWhy): string {
  return `${counted(units, "unit")}, overage ${overageText(overage)}`;
}
