"use client";

import { Button } from "@mantine/core";
import { useState } from "react";
import type { InForce } from "@/app/(console)/licenses/[number]/definition/actions";
import { useDefinitionDraft } from "@/app/(console)/licenses/[number]/definition/use-definition-draft";
import { DayInput } from "@/components/forms/day-input";
import { useKeptDraft } from "@/components/forms/use-kept-draft";
import { useDateStyle } from "@/components/shell/date-style-provider";
import { Problem } from "@/components/ui/problem";
import { dateText } from "@/domain/dates/date-style";
import { lastDayOfLicense, renewed, renewedUntil } from "@/domain/licenses/renewal";
import { dayOf, isDay } from "@/domain/month";
import { ChangeForm } from "./change-form";
import styles from "./change-form.module.css";
import { useInForce } from "./use-in-force";

type Props = { number: string; now: Date; close: () => void };

const TERMS = [
  { months: 3, name: "3 months" },
  { months: 12, name: "1 year" },
  { months: 36, name: "3 years" },
];
const USUAL_MONTHS = 12;

/** Moves the end of a license, for a year unless another day is chosen. */
export function RenewForm(parts: Props) {
  const read = useInForce(parts.number);
  if (!read) return <p role="status">Loading the definition…</p>;
  if (!read.ok) return <Problem of={read.refused} />;
  const end = lastDayOfLicense(read.did.definition);
  if (!end) return <p>This license has no end date, so there is nothing to renew.</p>;
  return <Fields {...parts} inForce={read.did} end={end} />;
}

function Fields({ number, now, close, inForce, end }: Props & { inForce: InForce; end: string }) {
  const dates = useDateStyle();
  const usual = renewedUntil(end, USUAL_MONTHS, now);
  const draft = useDefinitionDraft(number, inForce, null, renewed(inForce.definition, usual));
  const [last, setLast] = useState(usual);
  const change = (day: string) => {
    setLast(day);
    draft.edit(isDay(day) ? renewed(draft.base.definition, day) : draft.base.definition);
  };
  useKeptDraft<string>({ name: "renew", draft: () => (last === usual ? null : last), restore: change });
  const isLater = isDay(last) && last > end;
  return (
    <ChangeForm
      {...{ number, draft, now, close }}
      changed={(definition) => renewed(definition, last)}
      why={isLater ? null : `Choose a day after ${dateText(end, dates)}.`}
      verb="Renew license"
      done={`Renewed the license until ${isLater ? dateText(last, dates) : ""}.`}
    >
      <DayInput
        label={`Last day (UTC), now ${dateText(end, dates)}`}
        value={last}
        min={dayOf(now)}
        onChange={change}
        data-autofocus
      />
      <div className={styles.terms}>
        {TERMS.map(({ months, name }) => (
          <Button
            key={months}
            variant="default"
            aria-pressed={last === renewedUntil(end, months, now)}
            onClick={() => change(renewedUntil(end, months, now))}
          >
            {name}
          </Button>
        ))}
      </div>
      <p>Units and parameters that end on the same day are renewed with it.</p>
    </ChangeForm>
  );
}
