"use client";

import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import { useId, useState } from "react";
import { ResultForm } from "@/app/(console)/_lib/result-form";
import { wrongField } from "@/app/(console)/_lib/wrong-field";
import { useResult } from "@/components/forms/use-result";
import { usePreferences } from "@/components/shell/preferences-provider";
import { Problem } from "@/components/ui/problem";
import { DATE_FORMS, formatDate } from "@/domain/dates/date-form";
import { CLOCKS, clockText, type DateStyle, DEFAULT_STYLE } from "@/domain/dates/date-style";
import { isZone, parseZone, type Zone } from "@/domain/dates/zone";
import styles from "./account.module.css";
import { setDateStyle } from "./actions";

type Props = { style: DateStyle; unknownZone: string | null; zones: readonly Zone[] };

/** A date that no two forms write alike, and a time in the afternoon. */
const SAMPLE = "2026-11-28";
const AFTERNOON = new Date(`${SAMPLE}T14:03:00Z`);

/** The time zone and the form of a person's dates and times. */
export function DatesForm({ style, unknownZone, zones }: Props) {
  const form = useResult(setDateStyle);
  const [result] = form;
  const { prefer } = usePreferences();
  return (
    <div onSubmitCapture={() => prefer({ inUtc: false })}>
      <ResultForm
        form={form}
        fields={["zone", "dateForm", "clock"]}
        keptAs="dates"
        submit="Save"
        done={() => "Saved."}
      >
        <Unknown zone={style.zone} unknownZone={unknownZone} />
        <ZoneField key={style.zone} zone={style.zone} zones={zones} error={wrongField(result, "zone")} />
        <div className={styles.pair}>
          <NativeSelect
            key={style.dateForm}
            name="dateForm"
            label="Dates"
            data={DATE_FORMS.map((value) => ({ value, label: formatDate(SAMPLE, value) }))}
            defaultValue={style.dateForm}
            error={wrongField(result, "dateForm")}
          />
          <NativeSelect
            key={style.clock}
            name="clock"
            label="Times"
            data={CLOCKS.map((clock) => ({
              value: clock,
              label: clockText(AFTERNOON, { ...DEFAULT_STYLE, clock }),
            }))}
            defaultValue={style.clock}
            error={wrongField(result, "clock")}
          />
        </div>
      </ResultForm>
    </div>
  );
}

type ZoneProps = { zone: Zone; zones: readonly Zone[]; error: string | undefined };

/** The list filters what is typed; that of the browser is one press away. */
function ZoneField({ zone, zones, error }: ZoneProps) {
  const list = useId();
  const [typed, setTyped] = useState<string>(zone);
  const isAlive = useMounted();
  const here = isAlive ? parseZone(Intl.DateTimeFormat().resolvedOptions().timeZone) : null;
  return (
    <div className={styles.zone}>
      <TextInput
        name="zone"
        label="Time zone"
        description="Search by region or city, such as Europe/Berlin."
        list={list}
        maxLength={64}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        onFocus={({ currentTarget }) => currentTarget.select()}
        error={error}
        required
        withAsterisk={false}
      />
      <datalist id={list}>
        {zones.map((known) => (
          <option key={known} value={known} />
        ))}
      </datalist>
      {here && here !== typed ? (
        <Button size="compact-sm" variant="default" onClick={() => setTyped(here)}>
          Use this browser's: {here}
        </Button>
      ) : null}
    </div>
  );
}

/** Says that the server, or this browser, doesn't know the zone: their data of time zones can be of different years. */
function Unknown({ zone, unknownZone }: Pick<Props, "unknownZone"> & { zone: Zone }) {
  const isAlive = useMounted();
  if (unknownZone !== null)
    return (
      <Problem>
        {`Your time zone ${unknownZone} isn't known to this server, so times are in UTC. Choose another one.`}
      </Problem>
    );
  if (!isAlive || isZone(zone)) return null;
  return (
    <Problem>{`This browser doesn't know the time zone ${zone}, so some times are in UTC here.`}</Problem>
  );
}
