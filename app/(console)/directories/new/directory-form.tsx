"use client";

import { Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { useId } from "react";
import type { FormAction } from "@/app/(console)/_lib/action-result";
import { ResultForm } from "@/app/(console)/_lib/result-form";
import { wrongField } from "@/app/(console)/_lib/wrong-field";
import type { ConnectedDirectory } from "@/app/(console)/directories/actions";
import { type MappingChoice, MappingFields } from "@/app/(console)/directories/mapping-fields";
import { SubjectField } from "@/app/(console)/directories/subject-field";
import { type CustomerChoice, CustomerPicker } from "@/components/forms/customer-picker";
import { useResult } from "@/components/forms/use-result";
import { ShownPage } from "@/components/ui/shown-secret";
import { USUAL_SUBJECT } from "@/domain/scim/scim-connection";

type Props = {
  make: FormAction<ConnectedDirectory>;
  customers: CustomerChoice[];
  choices: MappingChoice[];
  /** What directories call. */
  address: string;
  why: string | null;
};

const FIELDS = ["name", "license", "customers", "subject", "groups"];
const ENDS = [
  { value: "365", label: "in a year" },
  { value: "90", label: "in 90 days" },
  { value: "0", label: "never" },
];

/** The form to connect a directory, whose token is then shown once. */
export function DirectoryForm({ make, customers, choices, address, why }: Props) {
  const form = useResult(make);
  const [result] = form;
  const list = useId();
  if (result?.ok) return <Made of={result.did} address={address} />;
  return (
    <ResultForm form={form} fields={FIELDS} keptAs="directory" submit="Connect directory" why={why}>
      <TextInput
        name="name"
        label="Name"
        description="The directory, such as Entra ID. Shown in the audit log."
        maxLength={200}
        error={wrongField(result, "name")}
        required
        withAsterisk={false}
      />
      <CustomerPicker
        label="Customers"
        hint="Whose licenses the directory reaches. Leave empty for a single license."
        customers={customers}
        wrong={wrongField(result, "customers")}
      />
      <TextInput
        name="license"
        label="License"
        description="Optional. Limits the directory to this license."
        placeholder="16 digits"
        inputMode="numeric"
        autoComplete="off"
        list={list}
        error={wrongField(result, "license")}
      />
      <datalist id={list}>
        {choices.map(({ license, customer }) => (
          <option key={license} value={license}>
            {customer}
          </option>
        ))}
      </datalist>
      <SubjectField value={USUAL_SUBJECT} wrong={wrongField(result, "subject")} />
      <MappingFields values={[]} choices={choices} wrong={wrongField(result, "groups")} />
      <Checkbox
        name="report"
        label="Only report at first"
        description="No seat changes until you turn this off on the directory's page."
        defaultChecked
      />
      <NativeSelect name="days" label="Token expires" data={ENDS} defaultValue="365" />
    </ResultForm>
  );
}

function Made({ of: { id, name, token }, address }: { of: ConnectedDirectory; address: string }) {
  return (
    <ShownPage
      title={`Directory ${name} connected`}
      shown={{
        text: token,
        fileName: "signet-scim-token.txt",
        lead: (
          <p>
            Enter this token in your directory, with the URL <code>{address}</code>. It is not shown again:
            store it in a safe place.
          </p>
        ),
      }}
      done={{ href: `/directories/${id}`, name: "Open the directory" }}
    />
  );
}
