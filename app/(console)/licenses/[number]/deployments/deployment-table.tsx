import { Empty } from "@/components/empty";
import { counted } from "@/components/numbers";
import { Pager } from "@/components/pager";
import { Cell, type Column, RowName, Table } from "@/components/table";
import { When } from "@/components/when";
import type { Page } from "@/server/cursor";
import type { Deployment } from "@/server/deployments";
import { DeploymentName } from "./deployment-name";

type Parts = { number: string; page: Page<Deployment>; now: Date; isFirst: boolean };

const NAME: Column = { name: "Name", width: "24%" };
const PRODUCT: Column = { name: "Product" };
const OS: Column = { name: "System", priority: 3 };
const CONTACT: Column = { name: "Last contact" };
const REPORT: Column = { name: "Last report", priority: 3 };
const SYNC: Column = { name: "Last sync", priority: 3 };
const SUSPICION: Column = { name: "Suspicion", width: "28%" };

/** The product sites of a license, the one that called last first. */
export function DeploymentTable({ number, page: { items, cursor }, now, isFirst }: Parts) {
  const list = `/licenses/${number}/deployments`;
  const next = cursor ? `${list}?${new URLSearchParams({ cursor })}` : null;
  if (items.length === 0)
    return (
      <Empty title="No deployment yet.">
        <p>
          A product shows up here with its first activation. It needs a signed license key of this license for
          it.
        </p>
      </Empty>
    );
  return (
    <Table
      caption="Deployments, the latest contact first"
      columns={[NAME, PRODUCT, OS, CONTACT, REPORT, SYNC, SUSPICION]}
      foot={
        <>
          <span>{counted(items.length, "deployment")} on this page, latest contact first</span>
          <Pager first={isFirst ? null : list} next={next} nextName="More deployments" />
        </>
      }
    >
      {items.map((deployment) => (
        <DeploymentRow key={deployment.source} deployment={deployment} now={now} />
      ))}
    </Table>
  );
}

function DeploymentRow({ deployment, now }: { deployment: Deployment; now: Date }) {
  const { source, name, product, version, os, lastSeen, lastReport, lastSync, evidence } = deployment;
  return (
    <tr>
      <RowName>
        <DeploymentName source={source} name={name} />
      </RowName>
      <Cell of={PRODUCT}>{product ? `${product} ${version ?? ""}` : "unknown"}</Cell>
      <Cell of={OS}>{os ?? "unknown"}</Cell>
      <Cell of={CONTACT}>
        <When at={lastSeen} now={now} />
      </Cell>
      <Cell of={REPORT}>{lastReport ? <When at={lastReport} now={now} /> : "never"}</Cell>
      <Cell of={SYNC}>{lastSync ? <When at={lastSync} now={now} /> : "never"}</Cell>
      <Cell of={SUSPICION}>
        {evidence.length === 0 ? "none" : null}
        {evidence.map(({ code, sentence, last }) => (
          <p key={code}>
            {sentence} Seen <When at={last} now={now} />.
          </p>
        ))}
      </Cell>
    </tr>
  );
}
