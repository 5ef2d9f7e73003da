import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { Region } from "@/app/(console)/_lib/region";
import { UnknownFilters } from "@/app/(console)/_list/unknown-filters";
import { unknownIn } from "@/app/(console)/_list/unknown-in";
import { MonthPage } from "@/app/(console)/licenses/[number]/capacity/month-page";
import { licenseOfPage, type NumberParams } from "@/app/(console)/licenses/[number]/license-of-page";
import { monthText } from "@/components/text/when";
import { ActionLink } from "@/components/ui/action-link";
import { Empty } from "@/components/ui/empty";
import { monthEnd, monthOf, monthStart } from "@/domain/month";
import { whyNot } from "@/domain/roles";
import { DenialTable } from "./denial-table";
import { MonthPicker } from "./month-picker";
import { deniedSearch, loadDenied } from "./search-params";

type Props = NumberParams & { searchParams: Promise<SearchParams> };

export const metadata: Metadata = { title: "Denied access" };

/** Who was denied access in a month, where and why. */
export default async function DeniedPage({ params, searchParams }: Props) {
  const { who, license, now } = await licenseOfPage({ params }, "usage.read");
  const why = whyNot(who, "rejections.read");
  if (why)
    return (
      <Empty title="Your role doesn't show who was denied access.">
        <p>{why}</p>
      </Empty>
    );
  const { number, settings } = license;
  const running = monthOf(now);
  const address = await searchParams;
  const asked = loadDenied(address);
  const month = asked.month && asked.month < running ? asked.month : running;
  const interval = { from: monthStart(month), before: monthEnd(month) };
  const path = `/licenses/${number}/capacity/denied`;
  const of = { license: number, keepsNames: settings.sessionNames, month, ...interval };
  return (
    <MonthPage
      id="denied"
      title={`Denied access, ${monthText(month)}`}
      actions={
        <>
          <MonthPicker path={path} month={month} running={running} created={monthOf(license.created)} />
          <ActionLink href={deniedSearch(`${path}/export`, { month })} isFile>
            Export CSV
          </ActionLink>
        </>
      }
      back={{ href: `/licenses/${number}/capacity`, name: "Back to capacity" }}
    >
      <UnknownFilters filters={unknownIn(address, asked, ["month"])} />
      <Region title="Over the limit" id="over-limit" draw={() => DenialTable({ ...of, kind: "overLimit" })} />
      <Region
        title="Not entitled"
        id="not-entitled"
        draw={() => DenialTable({ ...of, kind: "notEntitled" })}
      />
    </MonthPage>
  );
}
