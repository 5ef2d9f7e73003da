import type { Metadata } from "next";
import { PageHead } from "@/components/shell/page-head";
import { Section } from "@/components/ui/section";
import { TextLink } from "@/components/ui/text-link";
import { RULE_SUBJECTS } from "@/domain/alerts/alert-rules";
import { rightOf, whyNot } from "@/domain/roles";
import { installationRules, rulesTag } from "@/server/alerts/alert-rules";
import { allowedTo } from "@/server/identity/session";
import { saveDefaults } from "./actions";
import { Channels } from "./channels";
import styles from "./rules.module.css";
import { RulesEditor } from "./rules-editor";

export const metadata: Metadata = { title: "Alert rules" };

export default async function AlertRulesPage() {
  const who = await allowedTo("alert-defaults.read");
  const rules = await installationRules();
  return (
    <>
      <PageHead title="Alert rules">
        <TextLink href="/alerts">All alerts</TextLink>
      </PageHead>
      <div className={styles.page}>
        <Section
          title="Default rules"
          id="defaults"
          hint="Every license has these rules unless it has its own, which you set in the license's settings."
        >
          <RulesEditor
            name="default-rules"
            known={[...rules.rules]}
            tag={rulesTag(rules)}
            isOwn={rules.own}
            subjects={[...RULE_SUBJECTS]}
            reset="Use Signet's defaults"
            why={whyNot(who, "alert-defaults.write")}
            save={saveDefaults}
          />
        </Section>
        {rightOf(who.role, "alert-channels.read") === "yes" ? <Channels who={who} now={new Date()} /> : null}
      </div>
    </>
  );
}
