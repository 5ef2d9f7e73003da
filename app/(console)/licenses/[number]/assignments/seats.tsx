"use client";

import { Button } from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import { useQueryStates } from "nuqs";
import { useEffect, useRef, useState } from "react";
import { ActionButton } from "@/components/action-button";
import { useAnnounce } from "@/components/announcer";
import { Dialog } from "@/components/dialog";
import { Empty } from "@/components/empty";
import { count, counted } from "@/components/numbers";
import { TextLink } from "@/components/text-link";
import { AssignForm } from "./assign-form";
import { type Bulk, BulkDialog } from "./bulk-dialog";
import type { SeatStory } from "./history-words";
import type { SeatRow as Seat, SeatPage } from "./listed-seats";
import { filterOf, listParams, narrowing, placeParams, searchOf } from "./search-params";
import { type Choices, SeatFilters } from "./seat-filters";
import { SeatPanel } from "./seat-panel";
import { NewcomerRow, SeatRow } from "./seat-row";
import { SeatTable } from "./seat-table";
import styles from "./seats.module.css";
import { useListKeys } from "./use-list-keys";
import { type Target, useSeatWork } from "./use-seat-work";
import { useSeats } from "./use-seats";

type Parts = {
  number: string;
  first: { page: SeatPage; search: string; cursor: string | null };
  story: SeatStory | null;
  choices: Choices;
  pools: string;
  why: string | null;
  now: Date;
};

/** The seats of a license: found, opened, selected, and worked on. */
export function Seats({ number, first, story, choices, pools, why, now }: Parts) {
  const [params, setParams] = useQueryStates(listParams);
  const [place, setPlace] = useQueryStates(placeParams);
  const { rows, total, drop, fetchNextPage, hasNextPage, isFetchingNextPage, isError, refetch } = useSeats(
    number,
    params,
    first,
  );
  const work = useSeatWork(number, drop);
  const [picked, setPicked] = useState<ReadonlyMap<string, Seat>>(new Map());
  const [isAll, setAll] = useState(false);
  const [bulk, setBulk] = useState<Bulk | null>(null);
  const last = useRef(-1);
  const isMounted = useMounted();
  const announce = useAnnounce();
  const search = searchOf(params).toString();
  const list = `/licenses/${number}/assignments`;
  const hrefOf = (more: object) =>
    `${list}?${new URLSearchParams([...searchOf(params), ...Object.entries(more)])}`;
  const clear = () => {
    setPicked(new Map());
    setAll(false);
  };
  const heard = useRef(search);
  useEffect(() => {
    if (heard.current === search) return;
    heard.current = search;
    announce(`${counted(total, "assignment")} match`);
  }, [search, total, announce]);
  const pick = (at: number, isRange: boolean) => {
    const from = isRange && last.current >= 0 ? Math.min(last.current, at) : at;
    const some = rows.slice(from, isRange ? Math.max(last.current, at) + 1 : at + 1);
    setAll(false);
    setPicked((before) => {
      const after = new Map(before);
      for (const seat of some)
        !isRange && before.has(seat.instance) ? after.delete(seat.instance) : after.set(seat.instance, seat);
      return after;
    });
    last.current = at;
  };
  const targetOf = (seats: Seat[]): Target => ({
    selection: { instances: seats.map(({ instance }) => instance) },
    rows: seats,
  });
  const chosen = (at: number): Bulk["target"] | null => {
    if (isAll) return { selection: { filter: filterOf(params) }, rows };
    if (picked.size > 0) return targetOf([...picked.values()]);
    const seat = rows[at] ?? rows.find(({ instance }) => instance === place.open);
    return seat ? targetOf([seat]) : null;
  };
  const sizeOf = (target: Target) => ("filter" in target.selection ? total : target.rows.length);
  const release = (at: number) => {
    const target = chosen(at);
    if (!target || why) return;
    if (sizeOf(target) > 1) return setBulk({ kind: "release", target, size: sizeOf(target) });
    clear();
    void setPlace({ open: null });
    void work.release(target);
  };
  const convert = (at: number) => {
    const target = chosen(at);
    if (target && !why) setBulk({ kind: "convert", target, size: sizeOf(target) });
  };
  useListKeys({
    select: (at, isRange) => at >= 0 && !why && pick(at, isRange),
    assign: () => !why && void setPlace({ assign: true }),
    release,
    convert,
    escape: () => (place.open ? void setPlace({ open: null }) : clear()),
  });
  const more = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!more.current || !hasNextPage || isFetchingNextPage) return;
    const eye = new IntersectionObserver(([seen]) => seen?.isIntersecting && void fetchNextPage(), {
      rootMargin: "1200px",
    });
    eye.observe(more.current);
    return () => eye.disconnect();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const isNarrow = narrowing(params) > 0;
  const selected = isAll ? total : picked.size;
  const next = rows.length > 0 ? first.page.cursor : null;
  return (
    <div className={styles.work} data-open={place.open !== null}>
      <div className={styles.list}>
        {selected > 0 ? (
          <div className={styles.bar}>
            <strong>{count(selected)} selected</strong>
            <ActionButton variant="default" why={why} onClick={() => convert(-1)}>
              Convert…
            </ActionButton>
            <ActionButton variant="default" why={why} onClick={() => release(-1)}>
              {selected > 1 ? "Release…" : "Release"}
            </ActionButton>
            {!isAll && total > picked.size ? (
              <button type="button" className={styles.plain} onClick={() => setAll(true)}>
                Select all {count(total)} that match
              </button>
            ) : null}
            <button type="button" className={styles.plain} onClick={clear}>
              Clear
            </button>
          </div>
        ) : (
          <div className={styles.bar}>
            <SeatFilters
              params={params}
              choices={choices}
              set={(values, options) => void setParams(values, options)}
            />
            <a className={styles.action} href={`${list}/export?${search}`} download>
              Export CSV
            </a>
            {why ? (
              <ActionButton why={why}>Assign</ActionButton>
            ) : (
              <Button
                component="a"
                href={hrefOf({ assign: "true" })}
                onClick={(event) => {
                  event.preventDefault();
                  void setPlace({ assign: true });
                }}
              >
                Assign
              </Button>
            )}
          </div>
        )}
        {place.assign && !isMounted && !why ? (
          <AssignForm number={number} allotments={choices.allotments} />
        ) : null}
        {isError ? (
          <p role="alert">
            The list could not be read.{" "}
            <button type="button" className={styles.plain} onClick={() => refetch()}>
              Try again
            </button>
          </p>
        ) : null}
        {rows.length === 0 && work.newcomers.length === 0 ? (
          isNarrow ? (
            <Empty
              title={`No assignment matches ${narrowing(params) === 1 ? "this filter" : `these ${narrowing(params)} filters`}.`}
            >
              <TextLink href={list}>Clear filters</TextLink>
            </Empty>
          ) : (
            <Empty title="Nobody is assigned.">
              <p>Products assign people as they sign in, or assign them here first.</p>
            </Empty>
          )
        ) : (
          <SeatTable
            number={number}
            params={params}
            rows={rows}
            total={total}
            sortBy={(sort) => void setParams({ sort }, { history: "push" })}
            before={work.newcomers.map((one) => (
              <NewcomerRow key={one.subject} newcomer={one} dismiss={() => work.dismiss(one.subject)} />
            ))}
            row={(seat, at) => (
              <SeatRow
                key={seat.instance}
                seat={seat}
                at={at}
                now={now}
                href={hrefOf({ open: seat.instance })}
                picked={isAll || picked.has(seat.instance)}
                standing={work.standings.get(seat.instance)}
                canPick={!why}
                pick={(isRange) => pick(at, isRange)}
                open={() => void setPlace({ open: seat.instance }, { history: "push" })}
                forgive={() => work.forgive(seat)}
              />
            )}
            foot={
              <>
                <span>
                  {counted(total, "assignment")}
                  {isNarrow ? " match" : ""} · {pools}
                </span>
                <noscript>{next ? <a href={hrefOf({ cursor: next })}>Next page</a> : null}</noscript>
                {first.cursor ? <TextLink href={list}>First page</TextLink> : null}
                <span>{isFetchingNextPage ? "Loading more" : "UTC"}</span>
              </>
            }
          />
        )}
        <div ref={more} />
      </div>
      {place.open ? (
        <SeatPanel
          number={number}
          instance={place.open}
          first={story}
          now={now}
          why={why}
          close={() => void setPlace({ open: null })}
          release={isMounted ? () => release(-1) : undefined}
          convert={isMounted ? () => convert(-1) : undefined}
        />
      ) : null}
      <Dialog
        opened={isMounted && place.assign && !why}
        onClose={() => void setPlace({ assign: false })}
        title="Assign seats"
      >
        <AssignForm
          number={number}
          allotments={choices.allotments}
          send={(subjects, allotment) => {
            void setPlace({ assign: false });
            void work.assign(subjects, allotment);
          }}
        />
      </Dialog>
      <BulkDialog
        number={number}
        bulk={bulk}
        allotments={choices.allotments}
        close={() => setBulk(null)}
        go={({ kind, target }, into) => {
          setBulk(null);
          clear();
          void (kind === "release" ? work.release(target) : work.convert(target, into));
        }}
      />
    </div>
  );
}
