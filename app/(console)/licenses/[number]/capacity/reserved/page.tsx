import type { Metadata } from "next";
import { createLoader, parseAsString, type SearchParams } from "nuqs/server";
import { cursorsFrom } from "@/app/(console)/_list/page-cursors";
import { pageAt } from "@/app/(console)/_list/paging";
import { wantedOf } from "@/app/(console)/licenses/[number]/capacity/capacity-of";
import { MonthPage } from "@/app/(console)/licenses/[number]/capacity/month-page";
import { OnlySeatsBelow } from "@/app/(console)/licenses/[number]/capacity/only-seats";
import { Pickers } from "@/app/(console)/licenses/[number]/capacity/pickers";
import { pickersOf } from "@/app/(console)/licenses/[number]/capacity/pickers-of";
import { capacitySearch, loadCapacity } from "@/app/(console)/licenses/[number]/capacity/search-params";
import { licenseOfPage, type NumberParams } from "@/app/(console)/licenses/[number]/license-of-page";
import { monthText, When } from "@/components/text/when";
import { Empty } from "@/components/ui/empty";
import { TextLink } from "@/components/ui/text-link";
import type { WhenOffline } from "@/domain/leases/bounded-definition";
import type { Overage } from "@/domain/licenses/definition";
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
  const path = `/licenses/${number}/capacity`;
  if (!wanted) return <OnlySeatsBelow capacity={path} />;
  const { meter, month } = wanted;
  const search = { month, allotment: meter.name };
  const [figures, page] = await Promise.all([
    capacityMonth(number, meter, month, now),
    pageAt(trail, (cursor) => listLeases(number, { month, allotment: meter.name, limit: PAGE, cursor }, now)),
  ]);
  const names = await deploymentNames(
    number,
    page.items.map(({ source }) => source),
  );
  const hrefOf = (next: string | null) =>
    capacitySearch(`${path}/reserved`, search) + (next ? `&cursor=${encodeURIComponent(next)}` : "");
  return (
    <MonthPage
      id="reserved"
      title={`Reserved minutes, ${monthText(month)}`}
      actions={<Pickers {...pickersOf(license, wanted, asked, now, `${path}/reserved`)} />}
      back={{ href: capacitySearch(path, search), name: "Back to capacity" }}
    >
      <div className={styles.figures}>
        <ReservedFigures month={figures} />
      </div>
      {figures.hold && figures.today !== null ? (
        <div className={styles.hold}>
          <p>
            No minutes are granted until <When at={new Date(figures.hold)} now={now} isNamed />: the server
            was restored, and may not know all that deployments reserved before.
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
          <WhyNone number={number} overage={figures.overage} whenOffline={settings.whenOffline} />
        </Empty>
      )}
    </MonthPage>
  );
}

type WhyProps = { number: string; overage: Overage; whenOffline: WhenOffline };

function WhyNone({ number, overage, whenOffline }: WhyProps) {
  if (overage === "YES") return <p>These minutes have no cap, so they aren't reserved.</p>;
  if (whenOffline === "bounded")
    return <p>Deployments that can reserve minutes appear here with their next report.</p>;
  return (
    <p>
      Deployments reserve minutes once this license is bounded: choose it in{" "}
      <TextLink href={`/licenses/${number}/settings#when-offline`}>Settings</TextLink>.
    </p>
  );
}
