import { Section } from "@/components/section";
import { monthInWords } from "@/components/when";
import { monthOf } from "@/domain/month";
import { listDeployments } from "@/server/deployments";
import { monthUsage } from "@/server/usage";

import { DeploymentTable } from "./deployments/deployment-table";
import { Facts } from "./facts";
import { licenseOfPage, type NumberParams } from "./license-of-page";
import { NewestAssignments } from "./newest-assignments";
import styles from "./overview.module.css";
import { PoolCard } from "./pool-card";
import { UsageTable } from "./usage-table";

const FIRST_DEPLOYMENTS = 10;
const FIRST_ASSIGNMENTS = 10;

export default async function LicensePage(props: NumberParams) {
  const { who, license, pools, now } = await licenseOfPage(props, "usage.read");
  const { number } = license;
  const [usage, deployments] = await Promise.all([
    monthUsage(number, monthOf(now), now),
    listDeployments(number, { limit: FIRST_DEPLOYMENTS }),
  ]);
  return (
    <>
      <div className={styles.cards}>
        {pools.map((pool) => (
          <PoolCard key={pool.name} pool={pool} month={usage.month} />
        ))}
        <Facts license={license} />
      </div>
      <Section title={`Use by deployment, ${monthInWords(usage.month)}`} id="use">
        <UsageTable usage={usage} number={number} />
      </Section>
      <Section title="Assignments" id="assignments">
        <NewestAssignments who={who} license={license} limit={FIRST_ASSIGNMENTS} now={now} />
      </Section>
      <Section title="Deployments" id="deployments">
        <DeploymentTable number={number} page={deployments} now={now} isFirst />
      </Section>
    </>
  );
}
