"use client";

import { createContext, type ReactNode, useContext, useMemo } from "react";
import { type DateStyle, DEFAULT_STYLE } from "@/domain/dates/date-style";
import { UTC, type Zone } from "@/domain/dates/zone";

type Shown = { dates: DateStyle; ownZone: Zone };

const Context = createContext<Shown>({ dates: DEFAULT_STYLE, ownZone: UTC });

/** How dates and times are shown to the person. The server renders with the same style, so nothing changes later. */
export function useDateStyle(): DateStyle {
  return useContext(Context).dates;
}

/** The zone that the person chose, also while times are in UTC. */
export function useOwnZone(): Zone {
  return useContext(Context).ownZone;
}

export function DateStyleProvider({ dates, ownZone, children }: Shown & { children: ReactNode }) {
  const { zone, dateForm, clock } = dates;
  const shown = useMemo(
    () => ({ dates: { zone, dateForm, clock }, ownZone }),
    [zone, dateForm, clock, ownZone],
  );
  return <Context value={shown}>{children}</Context>;
}
