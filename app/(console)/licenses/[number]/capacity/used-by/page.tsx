import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { Region } from "@/app/(console)/_lib/region";
import { wantedOf } from "@/app/(console)/licenses/[number]/capacity/capacity-of";
import { Pickers } from "@/app/(console)/licenses/[number]/capacity/pickers";
import { pickersOf } from "@/app/(console)/licenses/[number]/capacity/pickers-of";
import { capacitySearch, loadCapacity } from "@/app/(console)/licenses/[number]/capacity/search-params";
import { licenseOfPage, type NumberParams } from "@/app/(console)/licenses/[number]/license-of-page";
import { monthText } from "@/components/text/when";
import { Empty } from "@/components/ui/empty";
import { TextLink } from "@/components/ui/text-link";
import { breakEven } from "@/domain/consumption/seat-price";
import { TOP_KINDS } from "@/domain/consumption/session";
import { seesSubjects } from "@/domain/roles";
import { sessionSums } from "@/server/consumption/sessions/session-tops";
import { TopList } from "./top-list";
import styles from "./used-by.module.css";
import { coverageText, LISTS } from "./used-by-labels";

type Props = NumberParams & { searchParams: Promise<SearchParams> };

export const metadata: Metadata = { title: "Who used it" };

/** Which users, apps and deployments used the minutes of a month. */
export default async function UsedByPage({ params, searchParams }: Props) {
  const { who, license, now } = await licenseOfPage({ params }, "usage.read");
  const { number, definition, settings } = license;
  const asked = loadCapacity(await searchParams);
  const wanted = await wantedOf(number, asked, now);
  if (!wanted) return <Empty title="This license has only seats, no minutes." />;
  const { meter, month } = wanted;
  const of = { license: number, meter, month };
  const sums = await sessionSums(of);
  const withNames = seesSubjects(who.role);
  const path = `/licenses/${number}/capacity`;
  return (
    <section aria-labelledby="used-by">
      <div className={styles.head}>
        <h2 id="used-by">Who used it, {monthText(month)}</h2>
        <Pickers {...pickersOf(license, wanted, asked, now, `${path}/used-by`)} />
      </div>
      <p className={styles.back}>
        <TextLink href={capacitySearch(path, { month, allotment: meter.name })}>Back to capacity</TextLink>
      </p>
      {sums.inSessions === 0 ? (
        <Empty title={`No sessions in ${monthText(month)}.`}>
          <p>
            Users and apps appear here once deployments report sessions with their minutes. The Licenses
            service does so on its own.
          </p>
        </Empty>
      ) : (
        <>
          <p className={styles.coverage}>{coverageText(sums)}</p>
          {TOP_KINDS.map((kind) => (
            <Region
              key={kind}
              title={LISTS[kind].title}
              id={`top-${kind}`}
              draw={() =>
                TopList({
                  of: { ...of, kind, withNames },
                  sums,
                  price: kind === "user" ? breakEven(definition, meter.name, now) : null,
                  keepsNames: settings.sessionNames,
                })
              }
            />
          ))}
        </>
      )}
    </section>
  );
}
