"use client";

import { TextInput } from "@mantine/core";
import type { FormAction } from "@/app/(console)/_lib/action-result";
import { ResultForm } from "@/app/(console)/_lib/result-form";
import { wrongField } from "@/app/(console)/_lib/wrong-field";
import type { CreatedLink } from "@/app/(console)/people/actions";
import { RightsFields } from "@/app/(console)/people/rights-fields";
import { invitationShown } from "@/app/(console)/people/shown-links";
import type { CustomerChoice } from "@/components/forms/customer-picker";
import { useResult } from "@/components/forms/use-result";
import { ShownPage } from "@/components/ui/shown-secret";

type Props = {
  invite: FormAction<CreatedLink>;
  customers: CustomerChoice[];
  why: string | null;
};

/** The form to invite a person; the link is then shown once. */
export function InviteForm({ invite, customers, why }: Props) {
  const form = useResult(invite);
  const [result] = form;
  if (result?.ok)
    return (
      <ShownPage
        title={`Link for ${result.did.email}`}
        shown={invitationShown(result.did)}
        done={{ href: "/people", name: "Back to people" }}
      />
    );
  return (
    <ResultForm
      form={form}
      fields={["email", "role", "customers"]}
      keptAs="invitation"
      submit="Create invitation link"
      why={why}
    >
      <TextInput
        name="email"
        type="email"
        label="E-mail"
        description="The address that the person signs in with."
        autoComplete="off"
        error={wrongField(result, "email")}
        required
        withAsterisk={false}
      />
      <RightsFields
        customers={customers}
        wrongRole={wrongField(result, "role")}
        wrongCustomers={wrongField(result, "customers")}
      />
    </ResultForm>
  );
}
