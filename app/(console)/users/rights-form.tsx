"use client";

import { ActionButton } from "@/components/action-button";
import type { CustomerChoice } from "@/components/customer-picker";
import form from "@/components/form.module.css";
import { KeptForm } from "@/components/kept-form";
import { counted } from "@/components/numbers";
import { Problem } from "@/components/problem";
import { useAnswer } from "@/components/use-answer";
import { WrongFields } from "@/components/wrong-fields";
import type { Role } from "@/domain/roles";
import { wrongElsewhere, wrongField } from "../wrong-field";
import { setRights } from "./actions";
import { RightsFields } from "./rights-fields";
import styles from "./users.module.css";

type Parts = {
  id: string;
  role: Role;
  chosen: string[];
  /** Of the rights that are shown. */
  tag: string;
  customers: CustomerChoice[];
  why: string | null;
};

/** Changes a person's role and customers, which holds from its next click on. */
export function RightsForm({ id, role, chosen, tag, customers, why }: Parts) {
  const [answer, action, isPending] = useAnswer(setRights.bind(null, id));
  const elsewhere = wrongElsewhere(answer, ["customers"]);
  return (
    <KeptForm name="rights" className={form.form} action={action} key={`${role} ${chosen.join()}`}>
      <WrongFields after={answer} />
      <input type="hidden" name="tag" value={tag} />
      <RightsFields {...{ customers, role, chosen }} wrongCustomers={wrongField(answer, "customers")} />
      {elsewhere ? <Problem of={elsewhere} /> : null}
      <div className={form.foot}>
        <ActionButton type="submit" why={why} loading={isPending}>
          Save rights
        </ActionButton>
        {answer?.ok ? (
          <span role="status" className={styles.saved}>
            Saved{answer.did.tokens > 0 ? `, and ${counted(answer.did.tokens, "token")} revoked` : ""}.
          </span>
        ) : null}
      </div>
    </KeptForm>
  );
}
