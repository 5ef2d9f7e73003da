"use client";

import { NativeSelect, TextInput } from "@mantine/core";
import { useId, useState } from "react";
import type { FormAction } from "@/app/(console)/_lib/action-result";
import { ResultForm } from "@/app/(console)/_lib/result-form";
import { wrongField } from "@/app/(console)/_lib/wrong-field";
import type { CreatedToken } from "@/app/(console)/tokens/actions";
import { type CustomerChoice, CustomerPicker } from "@/components/forms/customer-picker";
import { useResult } from "@/components/forms/use-result";
import { ROLE_LABELS } from "@/components/text/role-labels";
import { ShownPage } from "@/components/ui/shown-secret";
import type { Role } from "@/domain/roles";

type Props = {
  make: FormAction<CreatedToken>;
  roles: Role[];
  /** Licenses suggested while a number is typed. */
  licenses: { number: string; customer: string }[];
  customers: CustomerChoice[];
  /** Whether the token must be for a single license. */
  isBound: boolean;
  why: string | null;
};

const ENDS = [
  { value: "30", label: "in 30 days" },
  { value: "90", label: "in 90 days" },
  { value: "365", label: "in a year" },
  { value: "0", label: "never" },
];

/** The form to create a token, which is then shown once. */
export function TokenForm({ make, roles, licenses, customers, isBound, why }: Props) {
  const form = useResult(make);
  const [result] = form;
  const [role, setRole] = useState<Role>(roles.at(-1) ?? "auditor");
  const list = useId();
  if (result?.ok) return <Made of={result.did} />;
  return (
    <ResultForm
      form={form}
      fields={["name", "license", "customers"]}
      keptAs="token"
      submit="Create token"
      why={why}
    >
      <TextInput
        name="name"
        label="Name"
        description="The program that will use it. Shown in the list and the audit log."
        maxLength={200}
        error={wrongField(result, "name")}
        required
        withAsterisk={false}
      />
      <NativeSelect
        name="role"
        label="Role"
        description={ROLE_LABELS[role].can}
        data={roles.map((value) => ({ value, label: ROLE_LABELS[value].name }))}
        value={role}
        onChange={({ currentTarget }) => setRole(roles.find((each) => each === currentTarget.value) ?? role)}
      />
      <TextInput
        name="license"
        label="License"
        description={
          isBound ? "The license that the token is for." : "Optional. Limits the token to this license."
        }
        placeholder="16 digits"
        list={list}
        inputMode="numeric"
        autoComplete="off"
        error={wrongField(result, "license")}
        required={isBound}
        withAsterisk={false}
      />
      <datalist id={list}>
        {licenses.map(({ number, customer }) => (
          <option key={number} value={number}>
            {customer}
          </option>
        ))}
      </datalist>
      {role === "license-admin" && !isBound ? (
        <CustomerPicker
          label="Customers"
          hint="Limits the token to these customers. Not needed with a license."
          customers={customers}
          wrong={wrongField(result, "customers")}
        />
      ) : null}
      <NativeSelect name="days" label="Expires" data={ENDS} defaultValue="90" />
    </ResultForm>
  );
}

function Made({ of: { name, token } }: { of: CreatedToken }) {
  return (
    <ShownPage
      title={`Token ${name} created`}
      shown={{
        text: token,
        fileName: "signet-token.txt",
        lead: (
          <p>
            Send it as <code>Authorization: Bearer …</code>. It is not shown again: store it in a safe place.
          </p>
        ),
      }}
      done={{ href: "/tokens", name: "Back to tokens" }}
    />
  );
}
