"use client";

import { wrongElsewhere, wrongField } from "@/app/(console)/_lib/wrong-field";
import type { CustomerChoice } from "@/components/forms/customer-picker";
import form from "@/components/forms/form.module.css";
import { KeptForm } from "@/components/forms/kept-form";
import { useResult } from "@/components/forms/use-result";
import { WrongFields } from "@/components/forms/wrong-fields";
import { counted } from "@/components/text/numbers";
import { ActionButton } from "@/components/ui/action-button";
import { Problem } from "@/components/ui/problem";
import type { Role } from "@/domain/roles";
import { setRights } from "./actions";
import { RightsFields } from "./rights-fields";
import styles from "./users.module.css";

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
  const [result, action, isPending] = useResult(setRights.bind(null, id));
  const elsewhere = wrongElsewhere(result, ["customers"]);
  return (
    <KeptForm name="rights" className={form.form} action={action} key={`${role} ${chosen.join()}`}>
      <WrongFields after={result} />
      <input type="hidden" name="tag" value={tag} />
      <RightsFields {...{ customers, role, chosen }} wrongCustomers={wrongField(result, "customers")} />
      {elsewhere ? <Problem of={elsewhere} /> : null}
      <div className={form.foot}>
        <ActionButton type="submit" why={why} loading={isPending}>
          Save rights
        </ActionButton>
        {result?.ok ? (
          <span role="status" className={styles.saved}>
            Saved{result.did.tokens > 0 ? `, and ${counted(result.did.tokens, "token")} revoked` : ""}.
          </span>
        ) : null}
      </div>
    </KeptForm>
  );
}
