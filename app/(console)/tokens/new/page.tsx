import type { Metadata } from "next";
import { makeToken } from "@/app/(console)/tokens/actions";
import { PageHead } from "@/components/shell/page-head";
import { TextLink } from "@/components/ui/text-link";
import { formatLicenseNumber } from "@/domain/licenses/license-number";
import { canGrant, ROLES, whyNot } from "@/domain/roles";
import type { Principal } from "@/server/access/gate";
import { allowedTo } from "@/server/identity/session";
import { customerChoices } from "@/server/licenses/customers";
import { listLicenses } from "@/server/licenses/license-list";
import { TokenForm } from "./token-form";

export const metadata: Metadata = { title: "Create token" };

const SUGGESTED = 50;

export default async function NewTokenPage() {
  const who = await allowedTo("tokens.read");
  const roles = ROLES.filter((role) => canGrant(who.role, role));
  return (
    <>
      <PageHead title="Create token">
        <TextLink href="/tokens">All tokens</TextLink>
      </PageHead>
      <TokenForm
        make={makeToken}
        roles={roles}
        licenses={await licensesOf(who)}
        customers={who.role === "license-admin" ? [] : await customerChoices(who)}
        isBound={who.role === "license-admin"}
        why={whyNot(who, "tokens.write")}
      />
    </>
  );
}

async function licensesOf(who: Principal) {
  const { items } = await listLicenses(who, { limit: SUGGESTED }, new Date());
  return items.map(({ number, customer }) => ({
    number: formatLicenseNumber(number),
    customer: customer.name,
  }));
}
