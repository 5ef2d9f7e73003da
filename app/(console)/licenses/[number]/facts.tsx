import { dateStyle } from "@/app/(console)/_lib/date-style";
import { RenewButton } from "@/app/(console)/licenses/[number]/definition/_dialogs/renew-button";
import { IssueLink } from "@/app/(console)/licenses/[number]/keys/issue-link";
import { timeLeft, validityText } from "@/components/text/license-labels";
import { count, counted } from "@/components/text/numbers";
import { Day } from "@/components/text/when";
import { CopyIcon } from "@/components/ui/copy-icon";
import { Section } from "@/components/ui/section";
import { TextLink } from "@/components/ui/text-link";
import { whyNot } from "@/domain/roles";
import type { Principal } from "@/server/access/gate";
import type { License } from "@/server/licenses/license";
import { licenseCounts } from "@/server/licenses/license-counts";
import styles from "./facts.module.css";
import { Definitions } from "./figure";
import { whyNotRenewed } from "./why-not-renewed";

/** The settings of the license, apart from its allotments. */
export async function Facts({ license, who, now }: { license: License; who: Principal; now: Date }) {
  const { number, version, products, settings, trial, created, valid } = license;
  const { autoAssignProfessional, autoAssignAnalyzer, subjectMatching, leaseDays, graceDays } = settings;
  const { keys, deployments, suspicious } = await licenseCounts(number);
  const auto = [autoAssignProfessional ? "professional" : [], autoAssignAnalyzer ? "analyzer" : []].flat();
  const dates = await dateStyle();
  const look = suspicious > 0 ? `, ${count(suspicious)} suspicious` : "";
  return (
    <Section
      title="Details"
      id="details"
      actions={
        <>
          <RenewButton why={whyNotRenewed(license, whyNot(who, "licenses.write"))} />
          <IssueLink number={number} why={whyNot(who, "keys.issue")} />
        </>
      }
    >
      <div className={styles.facts}>
        <Definitions
          of={[
            [
              "Valid (UTC)",
              [validityText(valid, dates), timeLeft(license, now, dates)].filter(Boolean).join(", "),
            ],
            [
              "Definition",
              <span key="version" className={styles.version}>
                <code>{version}</code>
                <CopyIcon text={version} label="Copy the version of the definition" />
              </span>,
            ],
            ["Products", products.join(", ")],
            [
              "Keys in use",
              <TextLink key="keys" href={`/licenses/${number}/keys`}>
                {count(keys)}
              </TextLink>,
            ],
            [
              "Deployments",
              <TextLink
                key="sites"
                href={`/licenses/${number}/deployments`}
              >{`${count(deployments)}${look}`}</TextLink>,
            ],
            ["Auto-assign", auto.length > 0 ? auto.join(", ") : "off"],
            ["User matching", subjectMatching === "folded" ? "case-insensitive" : "exactly"],
            ["Lease", counted(leaseDays, "day")],
            ["Grace after the end", counted(graceDays, "day")],
            ["Trial", trial ? "yes" : "no"],
            ["Created", <Day key="created" at={created} />],
            [
              "For products",
              <TextLink key="activation" href={`/licenses/${number}/activation`}>
                Activation response
              </TextLink>,
            ],
          ]}
        />
      </div>
    </Section>
  );
}
