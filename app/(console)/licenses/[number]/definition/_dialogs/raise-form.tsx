"use client";

import { NativeSelect, NumberInput } from "@mantine/core";
import { useState } from "react";
import type { InForce } from "@/app/(console)/licenses/[number]/definition/actions";
import { useDefinitionDraft } from "@/app/(console)/licenses/[number]/definition/use-definition-draft";
import { DayInput } from "@/components/forms/day-input";
import { useKeptDraft } from "@/components/forms/use-kept-draft";
import { useDateStyle } from "@/components/shell/date-style-provider";
import { count, counted } from "@/components/text/numbers";
import { Problem } from "@/components/ui/problem";
import { type DateForm, dateFormsSentence } from "@/domain/dates/date-form";
import { allotmentNamed } from "@/domain/licenses/definition";
import { type Raise, raisedUnits, unitsBefore } from "@/domain/licenses/raised-units";
import { dayOf, isDay } from "@/domain/month";
import { ChangeForm } from "./change-form";
import { useInForce } from "./use-in-force";

type Props = { number: string; allotment: string; now: Date; close: () => void };

/** Raises the units of one allotment, at once or from a day on. */
export function RaiseForm(parts: Props) {
  const read = useInForce(parts.number);
  if (!read) return <p role="status">Loading the definition…</p>;
  if (!read.ok) return <Problem of={read.refused} />;
  return <Fields {...parts} inForce={read.did} />;
}

function Fields({ number, allotment, now, close, inForce }: Props & { inForce: InForce }) {
  const { dateForm } = useDateStyle();
  const { definition } = inForce;
  const draft = useDefinitionDraft(number, inForce, null);
  const chosen = allotmentNamed(definition, allotment) ?? definition.allotments[0];
  const [raise, setRaise] = useState<Omit<Raise, "to"> & { to: number | "" }>({
    allotment: chosen?.name ?? "",
    to: "",
    from: null,
  });
  const today = dayOf(now);
  const changed = (of = draft.base.definition, wish = raise) =>
    raisedUnits(of, { ...wish, to: wish.to || 0, from: laterDay(wish.from, today) }, now);
  const change = (part: Partial<typeof raise>) => {
    const next = { ...raise, ...part };
    setRaise(next);
    draft.edit(changed(draft.base.definition, next));
  };
  useKeptDraft<typeof raise>({
    name: "raise",
    draft: () => (raise.to === "" ? null : raise),
    restore: change,
  });
  const pool = allotmentNamed(draft.base.definition, raise.allotment);
  if (!pool) return <p>This license has no allotments yet. Add one in Definition.</p>;
  const unit = pool.usage.class === "assigned" ? "seat" : "minute";
  const later = laterDay(raise.from, today);
  const before = unitsBefore(pool, later, now);
  const isMore = raise.to !== "" && raise.to > before;
  return (
    <ChangeForm
      {...{ number, draft, now, close }}
      changed={changed}
      why={whyNoDay(raise.from, today, dateForm) ?? (isMore ? null : `Enter more than ${count(before)}.`)}
      verb={isMore ? `Raise to ${count(Number(raise.to))}` : "Raise"}
      done={`Raised ${pool.name} from ${count(before)} to ${counted(Number(raise.to), unit)}.`}
    >
      {definition.allotments.length > 1 ? (
        <NativeSelect
          label="Allotment"
          value={raise.allotment}
          onChange={({ currentTarget }) => change({ allotment: currentTarget.value, to: "" })}
          data={definition.allotments.map(({ name }) => name)}
        />
      ) : null}
      <NumberInput
        label={`${unit === "seat" ? "Seats" : "Minutes a month"}, ${count(before)} ${later ? "then" : "now"}`}
        value={raise.to}
        onChange={(to) => change({ to: to === "" ? "" : Number(to) })}
        min={0}
        max={1_000_000_000}
        allowDecimal={false}
        allowNegative={false}
        thousandSeparator=","
        hideControls
        data-autofocus
      />
      <DayInput
        label="From (UTC)"
        value={raise.from ?? today}
        min={today}
        onChange={(from) => change({ from: from || null })}
      />
    </ChangeForm>
  );
}

/** The day from which a raise counts, if it is after today. */
function laterDay(from: string | null, today: string): string | null {
  return from && isDay(from) && from > today ? from : null;
}

function whyNoDay(from: string | null, today: string, dateForm: DateForm): string | null {
  if (from === null) return null;
  if (!isDay(from)) return dateFormsSentence(dateForm);
  return from < today ? "Choose today or a later day." : null;
}
