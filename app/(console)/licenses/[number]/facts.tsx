import { Card } from "@/components/card";
import { count, counted } from "@/components/numbers";
import { TextLink } from "@/components/text-link";
import { dayInWords } from "@/components/when";
import { licenseCounts } from "@/server/license-counts";
import type { License } from "@/server/licenses";
import { Definitions } from "./figure";

/** How the license behaves, apart from its pools. */
export async function Facts({ license }: { license: License }) {
  const { number, products, settings, trial, created } = license;
  const { autoAssignProfessional, autoAssignAnalyzer, subjectMatching, leaseDays, graceDays } = settings;
  const { keys, deployments, suspicious } = await licenseCounts(number);
  const auto = [autoAssignProfessional ? "professional" : [], autoAssignAnalyzer ? "analyzer" : []].flat();
  const look = suspicious > 0 ? `, ${count(suspicious)} suspicious` : "";
  return (
    <Card title="Details">
      <Definitions
        of={[
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
          ["Created", dayInWords(created)],
        ]}
      />
    </Card>
  );
}
