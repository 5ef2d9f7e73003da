import { dateStyle } from "@/app/(console)/_lib/date-style";
import { cursorsFrom } from "@/app/(console)/_list/page-cursors";
import { ALERT_LOOKS } from "@/components/text/alert-labels";
import { counted } from "@/components/text/numbers";
import { When } from "@/components/text/when";
import { Pager } from "@/components/ui/pager";
import { StateBadge } from "@/components/ui/state-badge";
import { Cell, type Column, RowName, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { alertPath, alertSentence, alertTitle } from "@/domain/alerts/alert-sentences";
import { formatLicenseNumber } from "@/domain/licenses/license-number";
import { isActorKind } from "@/server/access/actor";
import type { Alert } from "@/server/alerts/alerts";
import { actorNames } from "@/server/audit/actor-names";
import { AcknowledgeButton } from "./acknowledge-button";
import styles from "./alerts.module.css";
import { type AlertParams, alertSearch } from "./search-params";

type Props = {
  page: { items: Alert[]; cursor: string | null };
  asked: AlertParams;
  /** Why alerts can't be acknowledged. */
  why: string | null;
  now: Date;
};

const ALERT: Column = { name: "Alert" };
const LICENSE: Column = { name: "License", width: "188px" };
const FIRED: Column = { name: "Fired", width: "112px" };
const STATE: Column = { name: "State", width: "160px" };

/** Alerts, newest first, each with a link to the page where it can be resolved. */
export async function AlertTable({ page: { items, cursor }, asked, why, now }: Props) {
  const nameOf = await actorNames(
    items.flatMap(({ acknowledgedBy: by }) =>
      by && isActorKind(by.kind) ? [{ kind: by.kind, id: by.id }] : [],
    ),
  );
  const hrefOf = (trail: string | null) => alertSearch("/alerts", { ...asked, cursor: trail });
  return (
    <Table
      caption="Alerts, newest first"
      columns={[ALERT, LICENSE, FIRED, STATE]}
      foot={
        <>
          <span role="status">{counted(items.length, "alert")}, newest first</span>
          <Pager
            {...cursorsFrom(asked.cursor, cursor, hrefOf)}
            previousName="Newer alerts"
            nextName="Older alerts"
          />
        </>
      }
    >
      {items.map((alert) => (
        <Row key={alert.id} of={alert} {...{ nameOf, why, now }} />
      ))}
    </Table>
  );
}

type RowProps = {
  of: Alert;
  nameOf: Awaited<ReturnType<typeof actorNames>>;
  why: string | null;
  now: Date;
};

async function Row({ of: alert, nameOf, why, now }: RowProps) {
  const { kind, license, customer, fired } = alert;
  const title = alertTitle(kind);
  const sentence = alertSentence(alert, await dateStyle());
  return (
    <tr>
      <RowName>
        <span className={styles.lines}>
          <StateBadge state={ALERT_LOOKS[kind]}>{title}</StateBadge>
          <TextLink href={alertPath({ ...alert, scope: license ?? "" })}>{sentence}</TextLink>
        </span>
      </RowName>
      <Cell of={LICENSE}>
        <span className={styles.lines}>
          <span className={styles.customer}>{customer?.name ?? "This installation"}</span>
          {license ? <TextLink href={`/licenses/${license}`}>{formatLicenseNumber(license)}</TextLink> : null}
        </span>
      </Cell>
      <Cell of={FIRED}>
        <When at={fired} now={now} />
      </Cell>
      <Cell of={STATE}>
        <State of={alert} {...{ nameOf, why, now }} name={`${title}, ${sentence}`} />
      </Cell>
    </tr>
  );
}

function State({ of: alert, nameOf, why, now, name }: RowProps & { name: string }) {
  const { id, state, acknowledged, acknowledgedBy: by, resolved } = alert;
  if (state === "fired") return <AcknowledgeButton id={id} name={name} why={why} />;
  if (state === "resolved" && resolved)
    return (
      <span className={styles.lines}>
        Resolved
        <span className={styles.minor}>
          <When at={resolved} now={now} />
        </span>
      </span>
    );
  return (
    <span className={styles.lines}>
      Acknowledged
      <span className={styles.minor}>
        {by && isActorKind(by.kind) ? nameOf({ kind: by.kind, id: by.id }) : null}
        {acknowledged ? (
          <>
            {" "}
            <When at={acknowledged} now={now} />
          </>
        ) : null}
      </span>
    </span>
  );
}
