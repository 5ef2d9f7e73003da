"use client";

import type { FormAction } from "@/app/(console)/_lib/action-result";
import { EditForm } from "@/app/(console)/_lib/edit-form";
import { wrongField } from "@/app/(console)/_lib/wrong-field";
import type { CustomerChoice } from "@/components/forms/customer-picker";
import { useResult } from "@/components/forms/use-result";
import { counted } from "@/components/text/numbers";
import { ROLE_LABELS } from "@/components/text/role-labels";
import type { Role } from "@/domain/roles";
import type { Taken } from "@/server/identity/person-changes";
import { RightsFields } from "./rights-fields";

type Rights = { role: Role; chosen: string[] };

type Props = {
  id: string;
  save: FormAction<Taken>;
  saved: Rights;
  /** The tag of the saved rights. */
  tag: string;
  customers: CustomerChoice[];
  why: string | null;
};

/** The form for a person's role and customers; a change applies from their next request. */
export function RightsForm({ id, save, saved, tag, customers, why }: Props) {
  const form = useResult(save);
  const [result] = form;
  return (
    <EditForm
      {...{ form, saved, tag, why }}
      fields={["customers"]}
      keptAs={`rights ${id}`}
      submit="Save rights"
      done={({ tokens }) => `Saved${tokens > 0 ? `, and ${counted(tokens, "token")} revoked` : ""}.`}
      what="these rights"
      theirs={<p>{rightsLabel(saved, customers)}</p>}
    >
      {(shown) => (
        <RightsFields {...shown} customers={customers} wrongCustomers={wrongField(result, "customers")} />
      )}
    </EditForm>
  );
}

/** Rights as `License admin of Contoso, Fabrikam`. */
function rightsLabel({ role, chosen }: Rights, customers: readonly CustomerChoice[]): string {
  const names = customers.filter(({ id }) => chosen.includes(id)).map(({ name }) => name);
  return [ROLE_LABELS[role].name, names.join(", ")].filter(Boolean).join(" of ");
}
