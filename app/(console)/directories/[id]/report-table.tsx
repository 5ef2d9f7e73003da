import type { PageCursors } from "@/app/(console)/_list/page-cursors";
import { effectLabel, whyLabel } from "@/app/(console)/directories/directory-labels";
import { count } from "@/components/text/numbers";
import { When } from "@/components/text/when";
import cell from "@/components/ui/cell-lines.module.css";
import { Link } from "@/components/ui/link";
import { Pager } from "@/components/ui/pager";
import { Cell, type Column, RowName, Table } from "@/components/ui/table";
import { formatLicenseNumber } from "@/domain/licenses/license-number";
import type { ListedEffect } from "@/server/scim/effects";

type Props = { effects: ListedEffect[]; cursors: PageCursors; now: Date };

const USER: Column = { name: "User" };
const WHAT: Column = { name: "What", width: "28%" };
const LICENSE: Column = { name: "License", width: "192px", priority: 3 };
const ALLOTMENT: Column = { name: "Allotment", width: "136px", priority: 2 };
const WHEN: Column = { name: "When", width: "112px" };

/** What a directory did or would do, newest first. */
export function ReportTable({ effects, cursors, now }: Props) {
  return (
    <Table
      caption="Report, newest first"
      columns={[USER, WHAT, LICENSE, ALLOTMENT, WHEN]}
      foot={
        <>
          <span role="status">
            {effects.length === 1 ? "1 line" : `${count(effects.length)} lines`}, newest first
          </span>
          <Pager {...cursors} previousName="Newer lines" nextName="Older lines" />
        </>
      }
    >
      {effects.map((effect) => (
        <Line key={effect.id} of={effect} now={now} />
      ))}
    </Table>
  );
}

function Line({ of: effect, now }: { of: ListedEffect; now: Date }) {
  const { subject, license, allotment, at } = effect;
  const why = whyLabel(effect);
  return (
    <tr>
      <RowName>
        <span title={subject ?? undefined}>{subject ?? "–"}</span>
      </RowName>
      <Cell of={WHAT}>
        <span className={cell.lines}>
          <span>{effectLabel(effect)}</span>
          {why ? <span className={cell.by}>{why}</span> : null}
        </span>
      </Cell>
      <Cell of={LICENSE}>
        {license ? (
          <Link href={`/licenses/${license}/assignments`}>{formatLicenseNumber(license)}</Link>
        ) : (
          "–"
        )}
      </Cell>
      <Cell of={ALLOTMENT}>{allotment ?? "–"}</Cell>
      <Cell of={WHEN}>
        <When at={at} now={now} />
      </Cell>
    </tr>
  );
}
