import { Card } from "@/components/card";
import { counted } from "@/components/numbers";
import { dayInWords } from "@/components/when";
import type { License } from "@/server/licenses";
import { Definitions } from "./figure";

/** How the license behaves, apart from its pools. */
export function Facts({ license }: { license: License }) {
  const { products, settings, trial, created } = license;
  const { autoAssignProfessional, autoAssignAnalyzer, subjectMatching, leaseDays, graceDays } = settings;
  return (
    <Card title="Facts">
      <Definitions
        of={[
          ["Products", products.join(", ")],
          ["Trial", trial ? "yes" : "no"],
          ["Auto-assign professional", autoAssignProfessional ? "on" : "off"],
          ["Auto-assign analyzer", autoAssignAnalyzer ? "on" : "off"],
          ["Subjects are compared", subjectMatching],
          ["Lease", counted(leaseDays, "day")],
          ["Grace after the end", counted(graceDays, "day")],
          ["Created", dayInWords(created)],
        ]}
      />
    </Card>
  );
}
