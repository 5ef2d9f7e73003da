import { count, counted } from "@/components/text/numbers";
import { When } from "@/components/text/when";
import { Section } from "@/components/ui/section";
import { Cell, type Column, RowName, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import type { DenialKind } from "@/domain/consumption/denial";
import { type DenialSum, denialSums } from "@/server/consumption/denials/denial-list";
import { deniedLabel, reasonLabel } from "./denial-labels";
import styles from "./denied.module.css";

type Props = { license: string; kind: DenialKind; from: Date; before: Date; keepsNames: boolean };

const SHOWN = 50;

const LISTS = {
  overLimit: {
    title: "Over the limit",
    hint: "These users may use the product, but seats or minutes were used up.",
    none: "Nobody was denied because seats or minutes were used up.",
  },
  notEntitled: {
    title: "Not entitled",
    hint: "These users have no seat, or their deployment had no license in force.",
    none: "Nobody was denied for lack of a seat.",
  },
} as const;

const COLUMNS: Column[] = [
  { name: "User" },
  { name: "Reason" },
  { name: "Allotment", width: "160px", priority: 3 },
  { name: "Denied", width: "110px", end: true },
  { name: "Last hour", width: "150px", priority: 2 },
  { name: "Deployment", width: "200px", priority: 3 },
];

/** Who was denied most often for one kind of reason. */
export async function DenialTable({ license, kind, from, before, keepsNames }: Props) {
  const sums = await denialSums(license, { kind, from, before }, SHOWN);
  const { title, hint, none } = LISTS[kind];
  const id = kind === "overLimit" ? "over-limit" : "not-entitled";
  if (sums.length === 0)
    return (
      <Section title={title} id={id}>
        <p className={styles.none}>{none}</p>
      </Section>
    );
  return (
    <Section title={title} id={id} hint={keepsNames ? hint : <Nameless license={license} hint={hint} />}>
      <Table caption={`${title}: denied most often`} columns={COLUMNS}>
        {sums.map((sum) => (
          <tr key={`${sum.reason} ${sum.allotment} ${sum.user}`}>
            <RowName>
              <bdi className={styles.name}>{deniedLabel(sum.user)}</bdi>
            </RowName>
            {COLUMNS.slice(1).map((column) => (
              <Cell key={column.name} of={column}>
                {cellOf(column.name, sum)}
              </Cell>
            ))}
          </tr>
        ))}
      </Table>
    </Section>
  );
}

function cellOf(
  column: string,
  { reason, allotment, count: times, last, deployments, deployment }: DenialSum,
) {
  switch (column) {
    case "Reason":
      return <span title={reason}>{reasonLabel(reason)}</span>;
    case "Allotment":
      return allotment ?? "any";
    case "Denied":
      return count(times);
    case "Last hour":
      return <When at={last} now={new Date()} />;
    default:
      return <bdi className={styles.name}>{deployment ?? counted(deployments, "deployment")}</bdi>;
  }
}

function Nameless({ license, hint }: { license: string; hint: string }) {
  return (
    <>
      {hint} This license doesn't keep their names:{" "}
      <TextLink href={`/licenses/${license}/settings#sessions`}>Settings</TextLink>.
    </>
  );
}
