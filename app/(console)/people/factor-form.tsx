"use client";

import { Checkbox } from "@mantine/core";
import { EditForm } from "@/app/(console)/_lib/edit-form";
import { wrongField } from "@/app/(console)/_lib/wrong-field";
import { useResult } from "@/components/forms/use-result";
import { counted } from "@/components/text/numbers";
import { ROLE_LABELS } from "@/components/text/role-labels";
import { ROLES, type Role } from "@/domain/roles";
import { setFactorRoles } from "./actions";
import styles from "./people.module.css";

type Props = {
  /** The roles that need one now. */
  roles: readonly Role[];
  /** How many people of each role have none. */
  without: Record<Role, number>;
  /** The tag of those roles. */
  tag: string;
  why: string | null;
};

/** The form for the roles that need a second factor. */
export function FactorForm({ roles, without, tag, why }: Props) {
  const form = useResult(setFactorRoles);
  const [result] = form;
  const wrong = wrongField(result, "roles");
  return (
    <div className={styles.factor}>
      <EditForm
        {...{ form, tag, why }}
        saved={roles}
        fields={["roles"]}
        keptAs="factor"
        submit="Save roles"
        done={() => "Saved."}
        what="these roles"
        theirs={<p>Required for: {roles.map((role) => ROLE_LABELS[role].name).join(", ") || "no role"}</p>}
      >
        {(shown) => (
          <fieldset className={styles.roles} data-wrong={wrong !== undefined}>
            <legend>Required for</legend>
            {ROLES.map((role) => (
              <Checkbox
                key={role}
                name="roles"
                value={role}
                label={ROLE_LABELS[role].name}
                description={
                  without[role] === 0
                    ? "No accounts without one."
                    : `${counted(without[role], "account")} without one.`
                }
                defaultChecked={shown.includes(role)}
                disabled={why !== null}
              />
            ))}
            {wrong ? <p className={styles.wrong}>{wrong}</p> : null}
          </fieldset>
        )}
      </EditForm>
    </div>
  );
}
