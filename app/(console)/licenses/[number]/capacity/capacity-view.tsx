"use client";

import { useQuery } from "@tanstack/react-query";
import { debounce, useQueryStates } from "nuqs";
import { type ReactNode, useEffect, useMemo, useRef } from "react";
import { RaiseLink } from "@/app/(console)/licenses/[number]/definition/_dialogs/raise-link";
import { deploymentSearch } from "@/app/(console)/licenses/[number]/deployments/search-params";
import { useAnnounce } from "@/components/shell/announcer";
import { ask } from "@/components/shell/ask";
import { useDateStyle } from "@/components/shell/date-style-provider";
import { live } from "@/components/shell/live";
import { useSingleKeys } from "@/components/shell/single-keys";
import { count, counted } from "@/components/text/numbers";
import { ActionLink } from "@/components/ui/action-link";
import { DetailsMenu } from "@/components/ui/details-menu";
import { Link } from "@/components/ui/link";
import { ListBar } from "@/components/ui/list-bar";
import { monthOutlook } from "@/domain/consumption/month-outlook";
import type { ValidityStatus } from "@/domain/licenses/lease";
import type { CapacityMonth } from "@/server/consumption/capacity";
import { BurnUpFigure } from "./burn-up-figure";
import styles from "./capacity-view.module.css";
import { Choice } from "./choice";
import { Legend } from "./legend";
import { LineNames } from "./line-names";
import { MonthFigures } from "./month-figures";
import { monthSheet } from "./month-sheet";
import { MonthTable } from "./month-table";
import { capacityParams, capacitySearch } from "./search-params";
import { WhyQuota } from "./why-quota";

type Props = {
  number: string;
  initial: CapacityMonth;
  license: ValidityStatus;
  /** Why the person can't raise units; null if they can. */
  whyNotRaise: string | null;
  /** The fields for month and allotment, and the links to reserved minutes and to who was denied access. */
  pickers: ReactNode;
  links: ReactNode;
};

const EVERY_MS = 30_000;
const OUTLOOK = "outlook";

/** One month of an allotment; the current month refreshes automatically. */
export function CapacityView({ number, initial, license, whyNotRaise, pickers, links }: Props) {
  const [asked, ask] = useQueryStates(capacityParams, { history: "push" });
  const month = useLiveMonth(number, initial);
  useQuotaPassedSaid(month);
  const { by, view, scale, day, without } = asked;
  const sheet = useMemo(() => monthSheet(month, by, without), [month, by, without]);
  const { quota, overage, total, forecast, today } = month;
  const dates = useDateStyle();
  const sight = {
    month: month.month,
    grant: { quota, overage },
    total,
    forecast,
    isRunning: today !== null,
    license,
  };
  const outlook = monthOutlook(sight, dates);
  const hrefOf = (change: Partial<typeof asked>) =>
    capacitySearch(`/licenses/${number}/capacity`, { ...asked, ...change });
  const exportHref = capacitySearch(`/licenses/${number}/capacity/export`, {
    ...asked,
    month: month.month,
    allotment: month.allotment,
  });
  const usedByHref = capacitySearch(`/licenses/${number}/capacity/used-by`, {
    month: month.month,
    allotment: month.allotment,
  });
  useSingleKeys((key) => {
    if (key === "t") ask({ view: view === "chart" ? "table" : "chart" });
    return key === "t";
  });
  const path = `/licenses/${number}`;
  return (
    <>
      <ListBar
        actions={
          <>
            <ActionLink href={usedByHref}>Who used it</ActionLink>
            <RaiseLink number={number} allotment={month.allotment} why={whyNotRaise} />
            <ActionLink href={exportHref} isFile>
              Export CSV
            </ActionLink>
            <DetailsMenu name="More">
              <Link
                href={deploymentSearch(`${path}/deployments`, {
                  sort: "-share",
                  month: today === null ? month.month : null,
                })}
              >
                Usage by deployment
              </Link>
              {links}
            </DetailsMenu>
          </>
        }
      >
        {pickers}
      </ListBar>
      <div className={styles.card}>
        <MonthFigures month={month} />
        <div className={styles.words}>
          <p id={OUTLOOK} className={styles.outlook}>
            {outlook}
          </p>
          <WhyQuota of={month} />
        </div>
        <div className={styles.acts}>
          <Legend
            month={month}
            sheet={sheet}
            by={by}
            without={without}
            setWithout={(ids) => ask({ without: ids })}
          />
          <div className={styles.choices}>
            <Choice
              label="Layers"
              value={by}
              onChoose={(value) => ask({ by: value })}
              options={[
                { value: "deployment", name: "By deployment", href: hrefOf({ by: "deployment" }) },
                { value: "total", name: "Total", href: hrefOf({ by: "total" }) },
              ]}
            />
            <Choice
              label="View"
              value={view}
              onChoose={(value) => ask({ view: value })}
              options={[
                { value: "chart", name: "Chart", href: hrefOf({ view: "chart" }) },
                { value: "table", name: "Table", href: hrefOf({ view: "table" }) },
              ]}
            />
            {view === "chart" ? (
              <Choice
                label="Scale"
                value={scale}
                onChoose={(value) => ask({ scale: value })}
                options={[
                  { value: "limit", name: "To limit", href: hrefOf({ scale: "limit" }) },
                  { value: "use", name: "To usage", href: hrefOf({ scale: "use" }) },
                ]}
              />
            ) : null}
          </div>
        </div>
        {view === "chart" ? (
          <>
            <BurnUpFigure
              month={month}
              sheet={sheet}
              scale={scale}
              day={day}
              setDay={(value) => ask({ day: value }, { history: "replace", limitUrlUpdates: debounce(250) })}
              labelledBy={OUTLOOK}
            />
            <LineNames month={month} sheet={sheet} />
          </>
        ) : null}
        <div className={view === "chart" ? styles.printed : undefined}>
          <MonthTable month={month} sheet={sheet} caption={outlook} />
        </div>
      </div>
    </>
  );
}

/** Announces once when the usage passes the quota while the page is open. */
function useQuotaPassedSaid({ allotment, total, quota }: CapacityMonth) {
  const announce = useAnnounce();
  const isPassed = total > quota;
  const wasPassed = useRef(isPassed);
  useEffect(() => {
    if (isPassed && !wasPassed.current)
      announce(`Quota passed: ${allotment} used ${count(total)} of ${counted(quota, "minute")}.`);
    wasPassed.current = isPassed;
  }, [isPassed, allotment, total, quota, announce]);
}

/** The latest data of the month. */
function useLiveMonth(number: string, initial: CapacityMonth) {
  const { allotment, month } = initial;
  const { data } = useQuery({
    queryKey: ["capacity", number, allotment, month],
    queryFn: ({ signal }) =>
      ask<CapacityMonth>(capacitySearch(`/licenses/${number}/capacity/live`, { allotment, month }), signal),
    initialData: initial,
    initialDataUpdatedAt: Date.parse(initial.at),
    enabled: initial.today !== null,
    ...live(EVERY_MS),
  });
  return data.at > initial.at ? data : initial;
}
