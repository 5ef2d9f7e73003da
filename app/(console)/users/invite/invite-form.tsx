"use client";

import { TextInput } from "@mantine/core";
import { ActionButton } from "@/components/action-button";
import type { CustomerChoice } from "@/components/customer-picker";
import styles from "@/components/form.module.css";
import { KeptForm } from "@/components/kept-form";
import { Problem } from "@/components/problem";
import { ShownPage } from "@/components/shown-secret";
import { useAnswer } from "@/components/use-answer";
import { WrongFields } from "@/components/wrong-fields";
import type { Answer } from "../../act";
import { wrongElsewhere, wrongField } from "../../wrong-field";
import type { LinkMade } from "../actions";
import { RightsFields } from "../rights-fields";
import { invitationShown } from "../shown-links";

type Parts = {
  invite: (before: Answer<LinkMade> | null, form: FormData) => Promise<Answer<LinkMade>>;
  customers: CustomerChoice[];
  why: string | null;
};

/** Invites somebody, and shows the link this once. */
export function InviteForm({ invite, customers, why }: Parts) {
  const [answer, action, isPending] = useAnswer(invite);
  if (answer?.ok)
    return (
      <ShownPage
        title={`Link for ${answer.did.email}`}
        shown={invitationShown(answer.did)}
        done={{ href: "/users", name: "Back to people" }}
      />
    );
  const elsewhere = wrongElsewhere(answer, ["email", "role", "customers"]);
  return (
    <KeptForm name="invitation" action={action} className={styles.form}>
      <WrongFields after={answer} />
      {elsewhere ? <Problem of={elsewhere} /> : null}
      <TextInput
        name="email"
        type="email"
        label="E-mail"
        description="The address that the person signs in with."
        autoComplete="off"
        error={wrongField(answer, "email")}
        required
        withAsterisk={false}
      />
      <RightsFields
        customers={customers}
        wrongRole={wrongField(answer, "role")}
        wrongCustomers={wrongField(answer, "customers")}
      />
      <ActionButton type="submit" why={why} loading={isPending}>
        Create invitation link
      </ActionButton>
    </KeptForm>
  );
}
