import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { Region } from "@/app/(console)/_lib/region";
import { wantedOf } from "@/app/(console)/licenses/[number]/capacity/capacity-of";
import { MonthPage } from "@/app/(console)/licenses/[number]/capacity/month-page";
import { OnlySeatsBelow } from "@/app/(console)/licenses/[number]/capacity/only-seats";
import { Pickers } from "@/app/(console)/licenses/[number]/capacity/pickers";
import { pickersOf } from "@/app/(console)/licenses/[number]/capacity/pickers-of";
import { capacitySearch, loadCapacity } from "@/app/(console)/licenses/[number]/capacity/search-params";
import { licenseOfPage, type NumberParams } from "@/app/(console)/licenses/[number]/license-of-page";
import { counted } from "@/components/text/numbers";
import { monthText } from "@/components/text/when";
import { Empty } from "@/components/ui/empty";
import { breakEven } from "@/domain/consumption/seat-price";
import { TOP_KINDS, type TopKind } from "@/domain/consumption/session";
import { seesSubjects } from "@/domain/roles";
import { type SessionSums, sessionSums, type Top, topOf } from "@/server/consumption/sessions/session-tops";
import { loadUsedBy, usedBySearch } from "./search-params";
import { TopList } from "./top-list";
import styles from "./used-by.module.css";
import { coverageText, LISTS, topLabel } from "./used-by-labels";

type Props = NumberParams & { searchParams: Promise<SearchParams> };

export const metadata: Metadata = { title: "Who used it" };

/** Which users, apps and deployments used the minutes of a month; each leads to what is behind it. */
export default async function UsedByPage({ params, searchParams }: Props) {
  const { who, license, now } = await licenseOfPage({ params }, "usage.read");
  const { number, definition, settings } = license;
  const address = await searchParams;
  const asked = loadCapacity(address);
  const wanted = await wantedOf(number, asked, now);
  const path = `/licenses/${number}/capacity`;
  if (!wanted) return <OnlySeatsBelow capacity={path} />;
  const { meter, month } = wanted;
  const of = { license: number, meter, month };
  const withNames = seesSubjects(who.role);
  const whole = await sessionSums(of);
  const within = await narrowedTo({ ...of, withNames }, loadUsedBy(address), whole);
  const sums = within ? { total: within.minutes, inSessions: within.minutes } : whole;
  const search = { month, allotment: meter.name };
  return (
    <MonthPage
      id="used-by"
      title={`${within ? `${LISTS[within.kind].one} ${topLabel(within.kind, within)}` : "Who used it"}, ${monthText(month)}`}
      actions={<Pickers {...pickersOf(license, wanted, asked, now, `${path}/used-by`)} />}
      back={
        within
          ? { href: usedBySearch(`${path}/used-by`, search), name: "Back to all users, apps and deployments" }
          : { href: capacitySearch(path, search), name: "Back to capacity" }
      }
    >
      {sums.inSessions === 0 ? (
        <Empty title={`No sessions in ${monthText(month)}.`}>
          <p>
            Users and apps appear here once deployments report sessions with their minutes. The Licenses
            service does so on its own.
          </p>
        </Empty>
      ) : (
        <>
          <p className={styles.coverage}>
            {within
              ? `${counted(within.minutes, "minute")} in ${counted(within.sessions, "session")}.`
              : coverageText(sums)}
          </p>
          {TOP_KINDS.filter((kind) => kind !== within?.kind).map((kind) => (
            <Region
              key={kind}
              title={LISTS[kind].title}
              id={`top-${kind}`}
              draw={() =>
                TopList({
                  of: { ...of, kind, withNames, within },
                  sums,
                  price: kind === "user" && !within ? breakEven(definition, meter.name, now) : null,
                  keepsNames: settings.sessionNames,
                })
              }
            />
          ))}
        </>
      )}
    </MonthPage>
  );
}

type Narrowed = Awaited<ReturnType<typeof loadUsedBy>>;

/** The user, app or deployment in the URL, if it used anything in the month. */
async function narrowedTo(
  of: Omit<Parameters<typeof topOf>[0], "kind" | "key">,
  { kind, key }: Narrowed,
  sums: SessionSums,
): Promise<(Top & { kind: TopKind }) | null> {
  if (!kind || key === null) return null;
  const top = await topOf({ ...of, kind, key }, sums);
  return top && { ...top, kind };
}
