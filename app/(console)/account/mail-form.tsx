"use client";

import { Radio } from "@mantine/core";
import { ResultForm } from "@/app/(console)/_lib/result-form";
import { wrongField } from "@/app/(console)/_lib/wrong-field";
import { useResult } from "@/components/forms/use-result";
import type { MailChoice } from "@/domain/alerts/mail-choice";
import { setMailChoice } from "./actions";

const CHOICES: { value: MailChoice; label: string; effect?: string }[] = [
  { value: "immediate", label: "At once", effect: "Within a minute. Several alerts come in one e-mail." },
  { value: "daily", label: "Daily digest", effect: "At 07:00 UTC, on days with new alerts." },
  { value: "weekly", label: "Weekly digest", effect: "On Mondays at 07:00 UTC." },
  { value: "off", label: "No e-mails" },
];

/** The choice of how often a person gets e-mails about alerts. */
export function MailForm({ choice }: { choice: MailChoice }) {
  const form = useResult(setMailChoice);
  const [result] = form;
  return (
    <ResultForm form={form} fields={["mail"]} keptAs="mail" submit="Save" done={() => "Saved."}>
      <Radio.Group
        key={choice}
        name="mail"
        label="E-mails about alerts"
        defaultValue={choice}
        error={wrongField(result, "mail")}
      >
        {CHOICES.map(({ value, label, effect }) => (
          <Radio key={value} value={value} label={label} description={effect} mt="xs" />
        ))}
      </Radio.Group>
    </ResultForm>
  );
}
