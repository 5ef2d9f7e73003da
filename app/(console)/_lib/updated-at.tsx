"use client";

import { IconRefresh } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { useAnnounce } from "@/components/shell/announcer";
import { ask, UnreadableResponse } from "@/components/shell/ask";
import { useDateStyle } from "@/components/shell/date-style-provider";
import { live } from "@/components/shell/live";
import { secondsText } from "@/domain/dates/date-style";
import { zoneName } from "@/domain/dates/zone";
import { ReadTime } from "./read-time";
import styles from "./updated-at.module.css";

type Props = {
  at: Date;
  /** As of when a replica was complete that was read then; null for current data. */
  asOf?: Date | null;
  /** The interval of automatic refreshes; without it the page never refreshes on its own. */
  everyMs?: number;
};

/**
 * Shows when the page was read, and a button to refresh it. A light request goes first: if the server is unreachable or
 * the session has ended, a refresh would lose the page, so the console's watch reports that instead.
 */
export function UpdatedAt({ at, asOf, everyMs = Number.POSITIVE_INFINITY }: Props) {
  const router = useRouter();
  const announce = useAnnounce();
  const isPressed = useRef(false);
  const dates = useDateStyle();
  const zone = zoneName(dates.zone);
  const clock = secondsText(at, dates);
  const {
    data: answeredAt,
    isFetching,
    refetch,
  } = useQuery<number | null>({
    queryKey: ["numbers-of", at.getTime()],
    queryFn: async ({ signal }) => {
      const { left } = await ask<{ left: number | null }>("/session/left", signal);
      if (left === null) throw new UnreadableResponse(401);
      return Date.now();
    },
    initialData: null,
    initialDataUpdatedAt: at.getTime(),
    ...live(everyMs),
  });
  useEffect(() => {
    if (answeredAt !== null) router.refresh();
  }, [answeredAt, router]);
  useEffect(() => {
    if (isPressed.current) announce(`Updated ${clock} ${zone}.`);
    isPressed.current = false;
  }, [clock, zone, announce]);
  const readAnew = () => {
    isPressed.current = true;
    void refetch();
  };
  return (
    <p className={styles.at}>
      <ReadTime at={at} asOf={asOf} />
      <button
        type="button"
        className={styles.refresh}
        aria-label="Refresh"
        title="Refresh"
        aria-busy={isFetching}
        onClick={readAnew}
      >
        <IconRefresh size={16} stroke={1.75} aria-hidden />
      </button>
    </p>
  );
}
