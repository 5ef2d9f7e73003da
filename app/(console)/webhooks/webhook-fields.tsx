"use client";

import { Checkbox, NativeSelect, TextInput } from "@mantine/core";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import { wrongField } from "@/app/(console)/_lib/wrong-field";
import { CONCURRENCY } from "@/domain/webhooks/webhook";
import { TypePicker } from "./type-picker";

/** What the form shows at first. */
export type WebhookValues = {
  name: string;
  url: string;
  types: string[];
  typePrefix: string;
  subjects: boolean;
  concurrency: number;
};

type Props = {
  values: WebhookValues;
  result: ActionResult<unknown> | null;
  /** The customers to choose from, for a new webhook. */
  customers?: { id: string; name: string }[];
  /** Whether it can be for all customers. */
  isForAll?: boolean;
  /** Why it can't be sent users; null if it can. */
  whyNoSubjects: string | null;
};

export const WEBHOOK_FIELDS = ["name", "url", "customer", "typePrefix", "concurrency"];

/** The fields of a webhook, for a new one and for changes. */
export function WebhookFields({ values, result, customers, isForAll = false, whyNoSubjects }: Props) {
  const every = isForAll ? [{ value: "", label: "All customers" }] : [];
  return (
    <>
      <TextInput
        name="name"
        label="Name"
        description="The system that receives the events."
        maxLength={200}
        defaultValue={values.name}
        error={wrongField(result, "name")}
        required
        withAsterisk={false}
      />
      <TextInput
        name="url"
        label="URL"
        description="Where events are sent by POST. It must be reachable from this server."
        placeholder="https://"
        inputMode="url"
        autoComplete="off"
        defaultValue={values.url}
        error={wrongField(result, "url")}
        required
        withAsterisk={false}
      />
      {customers ? (
        <NativeSelect
          name="customer"
          label="Licenses of"
          description="This can't be changed later."
          data={[...every, ...customers.map(({ id, name }) => ({ value: id, label: name }))]}
          error={wrongField(result, "customer")}
        />
      ) : null}
      <TypePicker chosen={values.types} />
      <Checkbox
        name="subjects"
        label="Name the users that events are about"
        description={whyNoSubjects ?? "Without this, events about seats don't say whose seat it is."}
        defaultChecked={values.subjects}
        disabled={whyNoSubjects !== null}
      />
      <TextInput
        name="typePrefix"
        label="Prefix of types"
        description="For receivers that were written for another system."
        maxLength={100}
        autoComplete="off"
        defaultValue={values.typePrefix}
        error={wrongField(result, "typePrefix")}
      />
      <TextInput
        name="concurrency"
        label="Requests at a time"
        description={`From ${CONCURRENCY.least} to ${CONCURRENCY.most}. 1 is the gentlest; events can still arrive out of order.`}
        inputMode="numeric"
        maxLength={2}
        defaultValue={String(values.concurrency)}
        error={wrongField(result, "concurrency")}
        required
        withAsterisk={false}
      />
    </>
  );
}
