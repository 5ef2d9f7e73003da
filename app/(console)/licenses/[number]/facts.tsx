import { count, counted } from "@/components/text/numbers";
import { dayText } from "@/components/text/when";
import { Card } from "@/components/ui/card";
import { TextLink } from "@/components/ui/text-link";
import type { License } from "@/server/licenses/license";
import { licenseCounts } from "@/server/licenses/license-counts";
import { Definitions } from "./figure";

/** The settings of the license, apart from its allotments. */
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
          ["Created", dayText(created)],
        ]}
      />
    </Card>
  );
}
