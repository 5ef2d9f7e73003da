"use client";

import { TextInput } from "@mantine/core";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import { wrongElsewhere, wrongField } from "@/app/(console)/_lib/wrong-field";
import type { CreatedLink } from "@/app/(console)/users/actions";
import { RightsFields } from "@/app/(console)/users/rights-fields";
import { invitationShown } from "@/app/(console)/users/shown-links";
import type { CustomerChoice } from "@/components/forms/customer-picker";
import styles from "@/components/forms/form.module.css";
import { KeptForm } from "@/components/forms/kept-form";
import { useResult } from "@/components/forms/use-result";
import { WrongFields } from "@/components/forms/wrong-fields";
import { ActionButton } from "@/components/ui/action-button";
import { Problem } from "@/components/ui/problem";
import { ShownPage } from "@/components/ui/shown-secret";

type Props = {
  invite: (before: ActionResult<CreatedLink> | null, form: FormData) => Promise<ActionResult<CreatedLink>>;
  customers: CustomerChoice[];
  why: string | null;
};

/** The form to invite a person; the link is then shown once. */
export function InviteForm({ invite, customers, why }: Props) {
  const [result, action, isPending] = useResult(invite);
  if (result?.ok)
    return (
      <ShownPage
        title={`Link for ${result.did.email}`}
        shown={invitationShown(result.did)}
        done={{ href: "/users", name: "Back to people" }}
      />
    );
  const elsewhere = wrongElsewhere(result, ["email", "role", "customers"]);
  return (
    <KeptForm name="invitation" action={action} className={styles.form}>
      <WrongFields after={result} />
      {elsewhere ? <Problem of={elsewhere} /> : null}
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
      <ActionButton type="submit" why={why} loading={isPending}>
        Create invitation link
      </ActionButton>
    </KeptForm>
  );
}
