import { DeploymentName } from "@/app/(console)/licenses/[number]/deployments/deployment-name";
import { count } from "@/components/text/numbers";
import { monthText, When } from "@/components/text/when";
import { Section } from "@/components/ui/section";
import { Cell, type Column, RowName, Table } from "@/components/ui/table";
import { rejectionTitle } from "@/domain/refusals/seat-refusals";
import type { User } from "@/server/users/user";
import { HistorySection } from "./history-section";
import { LicenseName } from "./license-name";
import { deploymentNames, namelessText } from "./user-facts";

type Props = { user: User; now: Date };

/** What else is known of the user: minutes, rejections, deployments and changes. */
export function TraceSections(props: Props) {
  return (
    <>
      <MinutesSection {...props} />
      <RejectionSection {...props} />
      <DeploymentSection {...props} />
      <HistorySection {...props} />
    </>
  );
}

const LICENSE: Column = { name: "License", width: "190px" };
const ALLOTMENT: Column = { name: "Allotment" };
const MINUTES: Column = { name: "Minutes", end: true, width: "120px" };
const SESSIONS: Column = { name: "Sessions", end: true, width: "120px" };

function MinutesSection({ user: { subject, minutes, month, licenses } }: Props) {
  const hint = namelessText(licenses);
  if (subject === null || licenses.length === 0 || (minutes.length === 0 && hint === null)) return null;
  return (
    <Section title={`Usage, ${monthText(month)}`} id="usage" hint={hint}>
      {minutes.length > 0 ? (
        <Table caption="Minutes of this month" columns={[LICENSE, ALLOTMENT, MINUTES, SESSIONS]}>
          {minutes.map(({ license, allotment, minutes: used, sessions }) => (
            <tr key={`${license} ${allotment}`}>
              <RowName>
                <LicenseName number={license} licenses={licenses} />
              </RowName>
              <Cell of={ALLOTMENT}>{allotment}</Cell>
              <Cell of={MINUTES}>{count(used)}</Cell>
              <Cell of={SESSIONS}>{count(sessions)}</Cell>
            </tr>
          ))}
        </Table>
      ) : null}
    </Section>
  );
}

const WHY: Column = { name: "Reason" };
const TIMES: Column = { name: "Times", end: true, width: "72px" };
const SITE: Column = { name: "Deployment", priority: 3 };
const LAST: Column = { name: "Last", width: "154px" };

function RejectionSection({ user, now }: Props) {
  const { rejections, licenses } = user;
  if (rejections.length === 0) return null;
  const nameOf = deploymentNames(user);
  return (
    <Section title="Rejections" id="rejections" hint="Of the last 30 days, newest first.">
      <Table caption="Rejections, newest first" columns={[LICENSE, ALLOTMENT, WHY, TIMES, SITE, LAST]}>
        {rejections.map(({ license, allotment, code, source, times, last }) => (
          <tr key={`${license} ${allotment} ${code} ${source}`}>
            <RowName>
              <LicenseName number={license} licenses={licenses} />
            </RowName>
            <Cell of={ALLOTMENT}>{allotment}</Cell>
            <Cell of={WHY}>{rejectionTitle(code) ?? code}</Cell>
            <Cell of={TIMES}>{count(times)}</Cell>
            <Cell of={SITE}>
              <DeploymentName source={source} name={nameOf(license, source)} />
            </Cell>
            <Cell of={LAST}>
              <When at={last} now={now} />
            </Cell>
          </tr>
        ))}
      </Table>
    </Section>
  );
}

const NAME: Column = { name: "Deployment" };
const PRODUCT: Column = { name: "Product", width: "140px", priority: 2 };
const SEEN: Column = { name: "Last contact", width: "154px" };

function DeploymentSection({ user: { deployments, licenses }, now }: Props) {
  if (deployments.length === 0) return null;
  return (
    <Section
      title="Deployments"
      id="deployments"
      hint="Where the user signed in or was assigned, last contact first."
    >
      <Table caption="Deployments, last contact first" columns={[NAME, LICENSE, PRODUCT, SEEN]}>
        {deployments.map(({ license, source, name, product, lastSeen }) => (
          <tr key={`${license} ${source}`}>
            <RowName>
              <DeploymentName source={source} name={name} />
            </RowName>
            <Cell of={LICENSE}>
              <LicenseName number={license} licenses={licenses} />
            </Cell>
            <Cell of={PRODUCT}>{product ?? "–"}</Cell>
            <Cell of={SEEN}>
              <When at={lastSeen} now={now} />
            </Cell>
          </tr>
        ))}
      </Table>
    </Section>
  );
}
