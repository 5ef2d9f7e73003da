import type { SearchParams } from "nuqs/server";
import { type BuiltInView, ListViews } from "@/app/(console)/_list/list-views";
import { UnknownFilters } from "@/app/(console)/_list/unknown-filters";
import { historyLabel } from "@/app/(console)/licenses/[number]/assignments/_panel/history-labels";
import { PastBar } from "@/app/(console)/licenses/[number]/assignments/_past/past-bar";
import { RejectedSeats } from "@/app/(console)/licenses/[number]/assignments/_past/rejected-seats";
import { ReleasedSeats } from "@/app/(console)/licenses/[number]/assignments/_past/released-seats";
import {
  filterOf,
  loadParams,
  searchOf,
  unknownFilters,
} from "@/app/(console)/licenses/[number]/assignments/search-params";
import type { AutoAssign } from "@/domain/assignments/auto-assign";
import type { LicenseAllotment, SeatAllotment } from "@/domain/licenses/license-allotments";
import { whyNot, whyOnlySeen } from "@/domain/roles";
import type { Principal } from "@/server/access/gate";
import { IDLE_DAYS, type ViewCounts, viewCounts } from "@/server/assignments/lists/assignment-views";
import { seatHistory } from "@/server/assignments/lists/seat-history";
import { deploymentSources } from "@/server/deployments/deployment-sources";
import { savedViews } from "@/server/identity/saved-views";
import { seatPage } from "./listed-seats";
import { Seats } from "./seats";

type Props = {
  who: Principal;
  number: string;
  pools: LicenseAllotment[];
  autoAssign: AutoAssign;
  address: SearchParams;
  now: Date;
};

const SITES = 200;

/** The current, rejected and released assignments of a license. */
export async function AssignmentList({ who, number, pools, autoAssign, address, now }: Props) {
  const params = loadParams(address);
  const { view, q, open } = params;
  const why = whyNot(who, "assignments.write");
  const past = { number, q, trail: params.cursor, now };
  const views = (
    <ListViews
      list="assignments"
      path={`/licenses/${number}/assignments`}
      builtIn={builtInViews(await viewCounts(number, now))}
      saved={await savedViews(who.id, "assignments")}
      why={whyOnlySeen(who)}
    />
  );
  return (
    <>
      <UnknownFilters filters={unknownFilters(address, params)} />
      {view ? <PastBar number={number} view={view} q={q} views={views} /> : null}
      {view === "rejected" ? (
        <RejectedSeats {...past} why={why} whyNotRaise={whyNot(who, "licenses.write")} />
      ) : null}
      {view === "released" ? <ReleasedSeats {...past} /> : null}
      {view ? null : (
        <Seats
          number={number}
          first={{
            page: await seatPage(number, filterOf(params), params.cursor, now),
            search: searchOf(params).toString(),
            cursor: params.cursor,
          }}
          story={open ? await storyOf(number, open, now) : null}
          choices={{
            allotments: seatsOf(pools).map(({ name }) => name),
            assignable: seatsOf(pools).flatMap(({ name, isDropped, units, live, reserved }) =>
              isDropped ? [] : { name, free: Math.max(0, units - live - reserved) },
            ),
            sites: await deploymentSources(number, SITES),
          }}
          autoAssign={autoAssign}
          views={views}
          why={why}
          now={now}
        />
      )}
    </>
  );
}

function builtInViews({ all, excess, rejected, idle, spellings, orphans }: ViewCounts): BuiltInView[] {
  return [
    { id: "all", name: "All", search: "", held: all },
    { id: "excess", name: "Excess", search: "state=excess", held: excess },
    { id: "rejected", name: "Rejected", search: "view=rejected", held: rejected },
    { id: "idle", name: `Idle ${IDLE_DAYS} days`, search: `idle=${IDLE_DAYS}`, held: idle },
    { id: "spellings", name: "Two spellings", search: "spelling=true", held: spellings, isRare: true },
    { id: "orphans", name: "Orphans", search: "orphan=true", held: orphans, isRare: true },
    { id: "released", name: "Released", search: "view=released" },
  ];
}

function seatsOf(allotments: LicenseAllotment[]): SeatAllotment[] {
  return allotments.filter((allotment) => allotment.class === "assigned");
}

/** The history of a seat; null if it doesn't exist, and the panel says so. */
async function storyOf(number: string, instance: string, now: Date) {
  const history = await seatHistory(number, instance, now).catch(() => null);
  return history && historyLabel(number, history);
}
