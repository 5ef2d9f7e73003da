"use client";

import { NativeSelect, TextInput } from "@mantine/core";
import { useId, useState } from "react";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import { wrongElsewhere, wrongField } from "@/app/(console)/_lib/wrong-field";
import type { CreatedToken } from "@/app/(console)/tokens/actions";
import { type CustomerChoice, CustomerPicker } from "@/components/forms/customer-picker";
import styles from "@/components/forms/form.module.css";
import { KeptForm } from "@/components/forms/kept-form";
import { useResult } from "@/components/forms/use-result";
import { WrongFields } from "@/components/forms/wrong-fields";
import { ROLE_LABELS } from "@/components/text/role-labels";
import { ActionButton } from "@/components/ui/action-button";
import { Problem } from "@/components/ui/problem";
import { ShownPage } from "@/components/ui/shown-secret";
import type { Role } from "@/domain/roles";

type Props = {
  make: (before: ActionResult<CreatedToken> | null, form: FormData) => Promise<ActionResult<CreatedToken>>;
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
  const [result, action, isPending] = useResult(make);
  const [role, setRole] = useState<Role>(roles.at(-1) ?? "auditor");
  const list = useId();
  if (result?.ok) return <Made of={result.did} />;
  const elsewhere = wrongElsewhere(result, ["name", "license", "customers"]);
  return (
    <KeptForm name="token" action={action} className={styles.form}>
      <WrongFields after={result} />
      {elsewhere ? <Problem of={elsewhere} /> : null}
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
      <ActionButton type="submit" why={why} loading={isPending}>
        Create token
      </ActionButton>
    </KeptForm>
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
