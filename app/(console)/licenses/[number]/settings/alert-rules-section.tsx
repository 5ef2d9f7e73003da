import { saveRulesHere } from "@/app/(console)/alerts/rules/actions";
import styles from "@/app/(console)/alerts/rules/rules.module.css";
import { RulesEditor } from "@/app/(console)/alerts/rules/rules-editor";
import { Section } from "@/components/ui/section";
import { TextLink } from "@/components/ui/text-link";
import { isAboutInstallation, RULE_SUBJECTS } from "@/domain/alerts/alert-rules";
import type { LicenseAllotment } from "@/domain/licenses/license-allotments";
import { licenseRules, rulesTag } from "@/server/alerts/alert-rules";

type Props = { number: string; pools: readonly LicenseAllotment[]; why: string | null };

/** The rules by which a license fires alerts: its own, or the defaults. */
export async function AlertRulesSection({ number, pools, why }: Props) {
  const rules = await licenseRules(number);
  return (
    <Section
      title="Alert rules"
      id="alert-rules"
      hint={
        <>
          {rules.own ? "This license has its own rules. " : "This license has the default rules. "}
          <TextLink href={`/alerts?license=${number}`}>Show its alerts</TextLink>
        </>
      }
    >
      <details className={styles.change} open={rules.own}>
        <summary>{rules.own ? "Own rules" : "Give this license its own rules"}</summary>
        <RulesEditor
          name="alert-rules"
          known={[...rules.rules]}
          tag={rulesTag(rules)}
          isOwn={rules.own}
          subjects={RULE_SUBJECTS.filter((subject) => !isAboutInstallation(subject))}
          allotments={pools.map(({ name }) => name)}
          reset="Use the default rules"
          why={why}
          save={saveRulesHere.bind(null, number)}
        />
      </details>
    </Section>
  );
}
