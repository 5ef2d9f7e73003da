import type { Metadata } from "next";
import { dateStyle } from "@/app/(console)/_lib/date-style";
import { Region } from "@/app/(console)/_lib/region";
import { UnknownFilters } from "@/app/(console)/_list/unknown-filters";
import { licenseOfPage, type NumberParams } from "@/app/(console)/licenses/[number]/license-of-page";
import type { SearchParams } from "@/app/(console)/licenses/search-params";
import { monthText } from "@/components/text/when";
import { ActionButton } from "@/components/ui/action-button";
import { ActionLink } from "@/components/ui/action-link";
import { Empty } from "@/components/ui/empty";
import { ListBar } from "@/components/ui/list-bar";
import { ListSection } from "@/components/ui/list-section";
import { StateBadge } from "@/components/ui/state-badge";
import { type DateStyle, dateText } from "@/domain/dates/date-style";
import { addMonths, type Month, monthOf } from "@/domain/month";
import { whyNot } from "@/domain/roles";
import { capacityMonth, lastUse } from "@/server/consumption/capacity";
import { unknownFilters, wantedOf } from "./capacity-of";
import { CapacityView } from "./capacity-view";
import { deniedSearch } from "./denied/search-params";
import { Late } from "./late";
import { Looks } from "./looks";
import { OnlySeats } from "./only-seats";
import { Pickers } from "./pickers";
import { pickersOf } from "./pickers-of";
import { capacitySearch, loadCapacity } from "./search-params";
import { WhyQuota } from "./why-quota";
import { Year } from "./year";

type Props = NumberParams & { searchParams: Promise<SearchParams> };

const MONTHS = 12;

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { month } = loadCapacity(await searchParams);
  return { title: `Capacity, ${monthText(month ?? monthOf(new Date()))}` };
}

export default async function CapacityPage({ params, searchParams }: Props) {
  const { who, license, now } = await licenseOfPage({ params }, "usage.read");
  const { number } = license;
  const address = await searchParams;
  const asked = loadCapacity(address);
  const wanted = await wantedOf(number, asked, now);
  const whyDenied = whyNot(who, "rejections.read");
  if (!wanted)
    return (
      <OnlySeats>
        <DeniedLink number={number} why={whyDenied} />
      </OnlySeats>
    );
  const month = await capacityMonth(number, wanted.meter, wanted.month, now);
  const running = monthOf(now);
  const until = wanted.month < addMonths(running, 1 - MONTHS) ? wanted.month : running;
  const pickers = (
    <>
      <Pickers {...pickersOf(license, wanted, asked, now)} />
      {month.state === "ended" ? <StateBadge state="expired">License ended, access denied</StateBadge> : null}
    </>
  );
  const links = (
    <>
      <ActionLink
        href={capacitySearch(`/licenses/${number}/capacity/reserved`, {
          month: wanted.month,
          allotment: wanted.meter.name,
        })}
      >
        Reserved minutes
      </ActionLink>
      <DeniedLink number={number} month={wanted.month} why={whyDenied} />
    </>
  );
  return (
    <ListSection title={`Capacity, ${monthText(wanted.month)}`} id="capacity">
      <Looks />
      <UnknownFilters filters={unknownFilters(address, asked, wanted)} />
      {month.total > 0 ? (
        <CapacityView
          key={`${month.allotment} ${month.month}`}
          number={number}
          initial={month}
          license={license.standing}
          whyNotRaise={whyNot(who, "licenses.write")}
          pickers={pickers}
          links={links}
        />
      ) : (
        <>
          <ListBar actions={links}>{pickers}</ListBar>
          <Empty title={`No usage in ${monthText(wanted.month)}.`}>
            <p>{lastUseWords(await lastUse(number, wanted.meter, wanted.month), await dateStyle())}</p>
            <WhyQuota of={month} />
          </Empty>
        </>
      )}
      <Region title="Twelve months" id="year" draw={() => Year({ number, month, until, view: asked.view })} />
      <Region
        title="Late reports"
        id="late"
        draw={() => Late({ number, meter: wanted.meter, month: wanted.month })}
      />
    </ListSection>
  );
}

type DeniedProps = { number: string; month?: Month; why: string | null };

/** The way to who was denied access; the reason in its place for a role that doesn't see users. */
function DeniedLink({ number, month, why }: DeniedProps) {
  if (why)
    return (
      <ActionButton variant="default" why={why}>
        Denied access
      </ActionButton>
    );
  const href = deniedSearch(`/licenses/${number}/capacity/denied`, { month: month ?? null });
  return <ActionLink href={href}>Denied access</ActionLink>;
}

function lastUseWords(day: string | null, dates: DateStyle): string {
  if (!day)
    return "It has not been used before either. Usage appears here within minutes of the first report.";
  return `Last used before that on ${dateText(day, dates)}.`;
}
