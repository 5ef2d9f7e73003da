"use client";

import { useMounted } from "@mantine/hooks";
import { useQueryStates } from "nuqs";
import { type ReactNode, useState } from "react";
import { WHOLE } from "@/app/(console)/_list/page-cursors";
import { AssignForm } from "@/app/(console)/licenses/[number]/assignments/_assign/assign-form";
import { useAssigning } from "@/app/(console)/licenses/[number]/assignments/_assign/use-assigning";
import type { SeatStory } from "@/app/(console)/licenses/[number]/assignments/_panel/history-labels";
import { SeatPanel } from "@/app/(console)/licenses/[number]/assignments/_panel/seat-panel";
import {
  hrefOf,
  listParams,
  narrowing,
  positionParams,
  searchOf,
} from "@/app/(console)/licenses/[number]/assignments/search-params";
import { usePreferences } from "@/components/shell/preferences-provider";
import { Dialog } from "@/components/ui/dialog";
import { TextLink } from "@/components/ui/text-link";
import type { AutoAssign } from "@/domain/assignments/auto-assign";
import { actionsOf } from "./actions-of";
import { AliasDialog, type Twice } from "./alias-dialog";
import { AutoAssignDialog } from "./auto-assign-dialog";
import { type Bulk, BulkDialog } from "./bulk-dialog";
import { LinkDialog, type Linked } from "./link-dialog";
import type { SeatPage } from "./listed-seats";
import { MoreRows } from "./more-rows";
import { NoSeats } from "./no-seats";
import { SeatBar } from "./seat-bar";
import type { Choices } from "./seat-filters";
import { SeatFoot } from "./seat-foot";
import { NewcomerRow, SeatRow } from "./seat-row";
import { SeatTable } from "./seat-table";
import styles from "./seats.module.css";
import { SelectionBar } from "./selection-bar";
import { useMatchesSaid } from "./use-announced-matches";
import { useListKeys } from "./use-list-keys";
import { useNextRow } from "./use-next-row";
import { useSeatWork } from "./use-seat-work";
import { useSeats } from "./use-seats";
import { useSelection } from "./use-selection";

type Props = {
  number: string;
  first: { page: SeatPage; search: string; cursor: string | null };
  story: SeatStory | null;
  choices: Choices;
  why: string | null;
  autoAssign: AutoAssign;
  views: ReactNode;
  now: Date;
};

const UNASSIGNED = { subject: null, into: null };

/** The seats of a license: searched, opened, selected and changed. */
export function Seats({ number, first, story, choices, why, autoAssign, views, now }: Props) {
  const [params, setParams] = useQueryStates(listParams);
  const [place, setPlace] = useQueryStates(positionParams);
  const { cols: columns, origin } = place;
  const { pages: isPaged } = usePreferences();
  const seats = useSeats(number, params, first, isPaged);
  const { rows, total } = seats;
  const work = useSeatWork(number, useNextRow(rows, seats.drop));
  const assigning = useAssigning(work.assign, (assign) => void setPlace({ ...UNASSIGNED, assign }));
  const selection = useSelection(rows, total, params);
  const [bulk, setBulk] = useState<Bulk | null>(null);
  const [linked, setLinked] = useState<Linked | null>(null);
  const [twice, setTwice] = useState<Twice | null>(null);
  const [isSimulating, setSimulating] = useState(false);
  const isMounted = useMounted();
  const search = searchOf(params);
  const list = `/licenses/${number}/assignments`;
  const shown = { ...params, cols: columns, origin };
  useMatchesSaid(search.toString(), total, !seats.isPlaceholderData);

  const hrefOfSeat = (open: string) => hrefOf(list, { ...shown, cursor: seats.start, open });
  const assign = () => void setPlace({ assign: true });
  const show = (open: string) => void setPlace({ open }, { history: "push" });
  const close = () => void setPlace({ open: null });
  const actions = actionsOf({ rows, open: place.open, why, selection, work, ask: setBulk, close });
  useListKeys({
    select: (at, isRange) => at >= 0 && !why && selection.pick(at, isRange),
    assign: () => !why && assign(),
    release: actions.release,
    convert: actions.convert,
    escape: () => (place.open ? close() : selection.clear()),
  });
  const filters = narrowing(params);
  return (
    <div className={styles.work} data-open={place.open !== null}>
      <SeatBar
        {...{ list, params, choices, why, assign, columns, views }}
        selection={
          selection.size > 0 ? (
            <SelectionBar
              {...selection}
              {...{ total, why }}
              convert={() => actions.convert(-1)}
              release={() => actions.release(-1)}
            />
          ) : null
        }
        simulate={() => setSimulating(true)}
        setColumns={(cols) => void setPlace({ cols })}
        set={(values, options) => void setParams(values, options)}
        importHref={`${list}/import`}
        reclaimHref={`${list}/reclaim`}
        exportHref={`${list}/export?${search}`}
        wholeHref={hrefOf(list, { ...shown, cursor: WHOLE })}
        assignHref={hrefOf(list, { ...shown, assign: true })}
      />
      <div className={styles.list}>
        {place.assign && !isMounted && !why ? (
          <AssignForm number={number} allotments={choices.assignable} first={place} />
        ) : null}
        {rows.length === 0 && work.newcomers.length === 0 ? (
          <NoSeats filters={filters} list={list} isUnread={seats.isLoadingError} />
        ) : (
          <SeatTable
            {...{ params, rows, total, columns }}
            hrefOf={(sort) => hrefOf(list, { ...shown, sort })}
            sortBy={(sort) => void setParams({ sort }, { history: "push" })}
            before={work.newcomers.map((one) => (
              <NewcomerRow
                key={one.subject}
                newcomer={one}
                columns={columns}
                dismiss={() => work.dismiss(one.subject)}
              />
            ))}
            row={(seat, at, measure) => (
              <SeatRow
                key={seat.instance}
                {...{ seat, at, now, columns, measure }}
                from={seats.from}
                href={hrefOfSeat(seat.instance)}
                isOpen={place.open === seat.instance}
                picked={selection.has(seat)}
                standing={work.standings.get(seat.instance)}
                why={why}
                pick={(isRange) => selection.pick(at, isRange)}
                open={() => show(seat.instance)}
                {...actions.toSeat(seat)}
                link={() => setLinked(seat)}
                same={() => setTwice(seat)}
                forgive={() => work.forgive(seat)}
              />
            )}
            foot={<SeatFoot {...{ list, shown, isPaged, seats }} isNarrowed={filters > 0} />}
          />
        )}
        {isPaged ? null : (
          <MoreRows
            key={rows.length}
            hasMore={seats.hasNextPage}
            isLoading={seats.isFetchingNextPage}
            load={seats.fetchNextPage}
          />
        )}
      </div>
      {place.open ? (
        <SeatPanel
          {...{ number, now, why, show, close }}
          hrefOf={hrefOfSeat}
          instance={place.open}
          first={story}
          {...(isMounted ? actions.toOpen : {})}
          link={(subject) => place.open && setLinked({ instance: place.open, subject })}
          same={
            isMounted ? (subject) => place.open && setTwice({ instance: place.open, subject }) : undefined
          }
        />
      ) : null}
      <AliasDialog number={number} seat={twice} close={() => setTwice(null)} />
      <LinkDialog number={number} seat={linked} close={() => setLinked(null)} />
      <Dialog
        opened={isMounted && place.assign && !why}
        onClose={assigning.close}
        title="Assign seats"
        size="lg"
      >
        <AssignForm
          key={assigning.typed ? "typed before" : "new"}
          number={number}
          allotments={choices.assignable}
          first={assigning.typed ?? place}
          send={assigning.send}
        />
      </Dialog>
      <AutoAssignDialog
        number={number}
        isOpen={isSimulating}
        close={() => setSimulating(false)}
        current={autoAssign}
      >
        <TextLink href={`/licenses/${number}/settings#auto-assign`}>Turn it on or off in Settings</TextLink>
      </AutoAssignDialog>
      <BulkDialog
        {...{ number, bulk }}
        allotments={choices.assignable.map(({ name }) => name)}
        close={() => setBulk(null)}
        go={({ kind, target }, into) => {
          setBulk(null);
          selection.clear();
          void (kind === "release" ? work.release(target) : work.convert(target, into));
        }}
      />
    </div>
  );
}
