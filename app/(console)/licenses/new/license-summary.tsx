import { IconAlertTriangle } from "@tabler/icons-react";
import type { MouseEvent } from "react";
import { useDateStyle } from "@/components/shell/date-style-provider";
import { overageText } from "@/components/text/allotment-labels";
import { validityText } from "@/components/text/license-labels";
import { count } from "@/components/text/numbers";
import { periodText } from "@/components/text/period-labels";
import type { DateStyle } from "@/domain/dates/date-style";
import type { Allotment } from "@/domain/licenses/definition";
import { doubtsOf } from "@/domain/licenses/definition-doubts";
import { formatLicenseNumber, parseLicenseNumber } from "@/domain/licenses/license-number";
import { periodOf } from "@/domain/licenses/period";
import styles from "./license-summary.module.css";
import { lackingIn, type NewDraft } from "./new-draft";

/** The new license in a few lines, with what is missing and what is doubtful. */
export function LicenseSummary({ draft }: { draft: NewDraft }) {
  const dates = useDateStyle();
  const { customer, number, definition } = draft;
  const { product, valid, trial, allotments } = definition;
  return (
    <>
      <dl className={styles.facts}>
        <Fact name="Customer">{customer.trim() || "–"}</Fact>
        <Fact name="Product">{[product.trim() || "–", trial ? "trial" : ""].filter(Boolean).join(", ")}</Fact>
        <Fact name="Valid">{validWords(valid, dates)}</Fact>
        {allotments.map((allotment, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the name changes while it is typed
          <Fact key={index} name={allotment.name || "New allotment"}>
            {unitsWords(allotment)}
          </Fact>
        ))}
        <Fact name="Number">{numberWords(number)}</Fact>
      </dl>
      <Remarks draft={draft} />
    </>
  );
}

function Fact({ name, children }: { name: string; children: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Remarks({ draft }: { draft: NewDraft }) {
  const lacking = lackingIn(draft);
  const doubts = doubtsOf(draft.definition);
  return (
    <div role="status" className={styles.remarks}>
      {lacking.length > 0 ? (
        <>
          <p>Before you can create it:</p>
          <ul>
            {lacking.map(({ field, words }) => (
              <li key={field}>
                <a href={`#${field}`} onClick={toField}>
                  {words}
                </a>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {doubts.map(({ pointer, sentence }) => (
        <p key={pointer} className={styles.doubt}>
          <IconAlertTriangle size={16} stroke={1.75} aria-hidden />
          {sentence}
        </p>
      ))}
    </div>
  );
}

/** Focuses the field without changing the URL. */
function toField(event: MouseEvent<HTMLAnchorElement>): void {
  event.preventDefault();
  document.getElementById(event.currentTarget.hash.slice(1))?.focus();
}

function validWords(valid: string, dates: DateStyle): string {
  const period = periodOf(valid);
  return [validityText(valid, dates), period ? periodText(period) : ""].filter(Boolean).join(", ");
}

/** `25 seats`, or `6,000 minutes a month, overage 600 minutes`; with several rows their sum isn't in force at once. */
function unitsWords({ usage, units, overage = 0 }: Allotment): string {
  const numbers = units.map((row) => count(row.count)).join(" + ") || "0";
  if (usage.class === "assigned") return `${numbers} ${numbers === "1" ? "seat" : "seats"}`;
  return `${numbers} minutes a month${overage === 0 ? "" : `, overage ${overageText(overage)}`}`;
}

function numberWords(number: string): string {
  const digits = parseLicenseNumber(number);
  if (digits) return formatLicenseNumber(digits);
  return number.trim() || "assigned when created";
}
