"use client";

import { Radio } from "@mantine/core";
import { type CustomerChoice, CustomerPicker } from "@/components/forms/customer-picker";
import { ROLE_LABELS } from "@/components/text/role-labels";
import { ROLES, type Role } from "@/domain/roles";
import styles from "./people.module.css";

type Props = {
  customers: CustomerChoice[];
  role?: Role;
  chosen?: readonly string[];
  wrongRole?: string;
  wrongCustomers?: string;
};

/** The fields for a role and, for a license admin, the customers, which appear and disappear without JavaScript. */
export function RightsFields({ customers, role, chosen, wrongRole, wrongCustomers }: Props) {
  return (
    <div className={styles.rights}>
      <fieldset className={styles.roles} data-wrong={wrongRole !== undefined}>
        <legend>Role</legend>
        {ROLES.map((each) => (
          <div key={each} className={styles.role}>
            <Radio
              name="role"
              value={each}
              label={ROLE_LABELS[each].name}
              description={ROLE_LABELS[each].can}
              defaultChecked={each === role}
              required
            />
          </div>
        ))}
        {wrongRole ? <p className={styles.wrong}>{wrongRole}</p> : null}
      </fieldset>
      <div className={styles.customers}>
        <CustomerPicker
          label="Customers"
          hint="A license admin sees only these customers."
          customers={customers}
          chosen={chosen}
          wrong={wrongCustomers}
        />
      </div>
    </div>
  );
}
