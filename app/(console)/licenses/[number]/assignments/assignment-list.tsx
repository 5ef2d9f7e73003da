import { poolUse } from "@/components/pool-words";
import { SearchForm } from "@/components/search-form";
import type { AutoAssign } from "@/domain/auto-assign";
import type { LicensePool } from "@/domain/license-pools";
import { whyNot } from "@/domain/roles";
import { viewCounts } from "@/server/assignment-views";
import { deploymentSources } from "@/server/deployment-sources";
import type { Principal } from "@/server/gate";
import { savedViews } from "@/server/saved-views";
import { seatHistory } from "@/server/seat-history";
import { historyWords } from "./history-words";
import { seatPage } from "./listed-seats";
import { RejectedSeats, ReleasedSeats } from "./past-seats";
import { filterOf, type Params, searchOf } from "./search-params";
import { Seats } from "./seats";
import { Views } from "./views";

type Parts = {
  who: Principal;
  number: string;
  pools: LicensePool[];
  autoAssign: AutoAssign;
  params: Params;
  now: Date;
};

const SITES = 200;

/** Who holds the seats of a license, who did not get one, and who held one. */
export async function AssignmentList({ who, number, pools, autoAssign, params, now }: Parts) {
  const { view, q, open } = params;
  const cursor = params.cursor ?? undefined;
  const past = { number, q, cursor, now };
  return (
    <>
      <Views
        number={number}
        counts={await viewCounts(number, now)}
        saved={await savedViews(who.id, "assignments")}
        params={params}
      />
      {view === "rejected" ? <RejectedSeats {...past} /> : null}
      {view === "released" ? (
        <>
          <SearchForm
            action={`/licenses/${number}/assignments`}
            label="Find an exact name"
            hint="A whole name"
            value={q}
          />
          <ReleasedSeats {...past} />
        </>
      ) : null}
      {view ? null : (
        <Seats
          number={number}
          first={{
            page: await seatPage(number, filterOf(params), cursor, now),
            search: searchOf(params).toString(),
            cursor: params.cursor,
          }}
          story={open ? await storyOf(number, open, now) : null}
          choices={{
            allotments: seatsOf(pools).map(({ name }) => name),
            sites: await deploymentSources(number, SITES),
          }}
          pools={seatsOf(pools)
            .map((pool) => `${pool.name} ${poolUse(pool)}`)
            .join(" · ")}
          autoAssign={autoAssign}
          why={whyNot(who.role, "assignments.write")}
          now={now}
        />
      )}
    </>
  );
}

function seatsOf(pools: LicensePool[]): LicensePool[] {
  return pools.filter((pool) => pool.class === "assigned");
}

/** A seat that is not there leaves the panel to say so. */
async function storyOf(number: string, instance: string, now: Date) {
  const history = await seatHistory(number, instance, now).catch(() => null);
  return history && historyWords(number, history);
}
