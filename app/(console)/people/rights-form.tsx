"use client";

import { ResultForm } from "@/app/(console)/_lib/result-form";
import { wrongField } from "@/app/(console)/_lib/wrong-field";
import type { CustomerChoice } from "@/components/forms/customer-picker";
import { useResult } from "@/components/forms/use-result";
import { counted } from "@/components/text/numbers";
import type { Role } from "@/domain/roles";
import { setRights } from "./actions";
import { RightsFields } from "./rights-fields";

type Props = {
  id: string;
  role: Role;
  chosen: string[];
  /** The tag of the rights that are shown. */
  tag: string;
  customers: CustomerChoice[];
  why: string | null;
};

/** The form for a person's role and customers; a change applies from their next request. */
export function RightsForm({ id, role, chosen, tag, customers, why }: Props) {
  const form = useResult(setRights.bind(null, id));
  const [result] = form;
  return (
    <ResultForm
      key={`${role} ${chosen.join()}`}
      form={form}
      fields={["customers"]}
      keptAs="rights"
      submit="Save rights"
      why={why}
      done={({ tokens }) => `Saved${tokens > 0 ? `, and ${counted(tokens, "token")} revoked` : ""}.`}
    >
      <input type="hidden" name="tag" value={tag} />
      <RightsFields {...{ customers, role, chosen }} wrongCustomers={wrongField(result, "customers")} />
    </ResultForm>
  );
}
