import type { PageCursors } from "@/app/(console)/_list/page-cursors";
import { DeploymentName } from "@/app/(console)/licenses/[number]/deployments/deployment-name";
import {
  KIND_NAMES,
  replyFileName,
} from "@/app/(console)/licenses/[number]/deployments/offline/upload/log-labels";
import { count, counted } from "@/components/text/numbers";
import { Day, When } from "@/components/text/when";
import { Pager } from "@/components/ui/pager";
import { StateBadge } from "@/components/ui/state-badge";
import { Cell, type Column, RowName, Table } from "@/components/ui/table";
import { whyNot } from "@/domain/roles";
import type { Principal } from "@/server/access/gate";
import { deploymentNames } from "@/server/deployments/deployment-names";
import type { OfflineLog } from "@/server/offline/uploaded-logs";
import styles from "./checkouts.module.css";
import { LogActions } from "./log-actions";

type Props = {
  number: string;
  logs: OfflineLog[];
  all: number;
  cursors: PageCursors;
  who: Principal;
  now: Date;
};

const SITE: Column = { name: "Deployment" };
const KIND: Column = { name: "Log", width: "116px" };
const THROUGH: Column = { name: "Lines applied", end: true, width: "112px", priority: 2 };
const REJECTED: Column = { name: "Rejected", end: true, width: "96px", priority: 3 };
const UPLOAD: Column = { name: "Last upload", width: "136px" };
const STATE: Column = { name: "State", width: "140px", priority: 2 };
const ACTIONS: Column = { name: "Actions", width: "172px" };

/** The offline logs of a license, last upload first. */
export async function LogTable({ number, logs, all, cursors, who, now }: Props) {
  const names = await deploymentNames(
    number,
    logs.map(({ source }) => source),
  );
  return (
    <Table
      caption="Offline logs, last upload first"
      columns={[SITE, KIND, THROUGH, REJECTED, UPLOAD, STATE, ACTIONS]}
      foot={
        <>
          <span>{counted(all, "log")}</span>
          <Pager {...cursors} previousName="Newer" nextName="Older" />
        </>
      }
    >
      {logs.map((log) => (
        <tr key={log.log}>
          <RowName>
            <DeploymentName source={log.source} name={names.get(log.source)} />
          </RowName>
          <Cell of={KIND}>{KIND_NAMES[log.kind]}</Cell>
          <Cell of={THROUGH}>{count(log.through)}</Cell>
          <Cell of={REJECTED}>{log.rejected === 0 ? "none" : count(log.rejected)}</Cell>
          <Cell of={UPLOAD}>
            <When at={log.lastUpload} now={now} />
          </Cell>
          <Cell of={STATE}>
            <State of={log} />
          </Cell>
          <Cell of={ACTIONS}>
            <LogActions
              number={number}
              log={log.log}
              name={`${KIND_NAMES[log.kind].toLowerCase()} of ${names.get(log.source) ?? log.source}`}
              fileName={replyFileName(log.kind, log.log)}
              why={log.closed ? "It is already closed." : whyNot(who, "assignments.write")}
            />
          </Cell>
        </tr>
      ))}
    </Table>
  );
}

function State({ of: { closed, closedReason, rejected } }: { of: OfflineLog }) {
  if (closed)
    return (
      <span className={styles.lines}>
        <span>
          Closed <Day at={closed} />
        </span>
        {closedReason ? (
          <span className={styles.by} title={closedReason}>
            {closedReason}
          </span>
        ) : null}
      </span>
    );
  return rejected > 0 ? <StateBadge state="rejected">{`${count(rejected)} rejected`}</StateBadge> : "Open";
}
