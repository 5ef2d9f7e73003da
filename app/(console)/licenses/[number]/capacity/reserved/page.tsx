import type { Metadata } from "next";
import { createLoader, parseAsString, type SearchParams } from "nuqs/server";
import { cursorIn, cursorsFrom } from "@/app/(console)/_list/page-cursors";
import { firstPageOnBadCursor } from "@/app/(console)/_list/paging";
import { wantedOf } from "@/app/(console)/licenses/[number]/capacity/capacity-of";
import { Pickers } from "@/app/(console)/licenses/[number]/capacity/pickers";
import { pickersOf } from "@/app/(console)/licenses/[number]/capacity/pickers-of";
import { capacitySearch, loadCapacity } from "@/app/(console)/licenses/[number]/capacity/search-params";
import { licenseOfPage, type NumberParams } from "@/app/(console)/licenses/[number]/license-of-page";
import { monthText, When } from "@/components/text/when";
import { Empty } from "@/components/ui/empty";
import { TextLink } from "@/components/ui/text-link";
import { whyNot } from "@/domain/roles";
import { capacityMonth } from "@/server/consumption/capacity";
import { listLeases } from "@/server/consumption/leases/lease-list";
import { deploymentNames } from "@/server/deployments/deployment-names";
import { LeaseTable } from "./lease-table";
import styles from "./reserved.module.css";
import { EndHoldButton } from "./reserved-actions";
import { ReservedFigures } from "./reserved-figures";

type Props = NumberParams & { searchParams: Promise<SearchParams> };

export const metadata: Metadata = { title: "Reserved minutes" };

const PAGE = 50;
const loadTrail = createLoader({ cursor: parseAsString });

/** Which deployments have reserved minutes of a month, and how many are free. */
export default async function ReservedPage({ params, searchParams }: Props) {
  const { who, license, now } = await licenseOfPage({ params }, "usage.read");
  const { number, settings } = license;
  const address = await searchParams;
  const asked = loadCapacity(address);
  const { cursor: trail } = loadTrail(address);
  const wanted = await wantedOf(number, asked, now);
  if (!wanted) return <Empty title="This license has only seats, no minutes." />;
  const { meter, month } = wanted;
  const path = `/licenses/${number}/capacity`;
  const search = { month, allotment: meter.name };
  const [figures, page] = await Promise.all([
    capacityMonth(number, meter, month, now),
    firstPageOnBadCursor(cursorIn(trail), (cursor) =>
      listLeases(number, { month, allotment: meter.name, limit: PAGE, cursor }, now),
    ),
  ]);
  const names = await deploymentNames(
    number,
    page.items.map(({ source }) => source),
  );
  const hrefOf = (next: string | null) =>
    capacitySearch(`${path}/reserved`, search) + (next ? `&cursor=${encodeURIComponent(next)}` : "");
  return (
    <section aria-labelledby="reserved">
      <div className={styles.head}>
        <h2 id="reserved">Reserved minutes, {monthText(month)}</h2>
        <Pickers {...pickersOf(license, wanted, asked, now, `${path}/reserved`)} />
      </div>
      <p className={styles.back}>
        <TextLink href={capacitySearch(path, search)}>Back to capacity</TextLink>
      </p>
      <div className={styles.figures}>
        <ReservedFigures month={figures} />
      </div>
      {figures.hold && figures.today !== null ? (
        <div className={styles.hold}>
          <p>
            No minutes are granted until <When at={new Date(figures.hold)} now={now} />: the server was
            restored, and may not know all that deployments reserved before.
          </p>
          <EndHoldButton number={number} why={whyNot(who, "leases.end-hold")} />
        </div>
      ) : null}
      {page.items.length > 0 ? (
        <LeaseTable
          number={number}
          leases={page.items}
          names={names}
          cursors={cursorsFrom(trail, page.cursor, hrefOf)}
          who={who}
          now={now}
        />
      ) : (
        <Empty title={`No deployment reserved minutes in ${monthText(month)}.`}>
          {settings.whenOffline === "bounded" ? (
            <p>Deployments that can reserve minutes appear here with their next report.</p>
          ) : (
            <p>
              Deployments reserve minutes once this license is bounded: choose it in{" "}
              <TextLink href={`/licenses/${number}/settings#when-offline`}>Settings</TextLink>.
            </p>
          )}
        </Empty>
      )}
    </section>
  );
}
