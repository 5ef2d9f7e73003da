import { Section } from "@/components/ui/section";
import { factorTag, peopleWithoutFactor, rolesWithFactor } from "@/server/identity/required-factor";
import { FactorForm } from "./factor-form";

/** The roles that need a second factor. */
export async function RequiredFactor({ why }: { why: string | null }) {
  const [roles, without] = await Promise.all([rolesWithFactor(), peopleWithoutFactor()]);
  return (
    <Section
      title="Second factor"
      id="required-factor"
      hint="People of these roles set one up before anything else. API tokens, and people who sign in through an identity provider alone, are not affected."
    >
      <FactorForm roles={roles} without={without} tag={factorTag(roles)} why={why} />
    </Section>
  );
}
