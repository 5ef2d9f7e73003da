import { useEffect, useRef } from "react";
import { useAnnounce } from "@/components/shell/announcer";
import { counted } from "@/components/text/numbers";

/** Announces the number of matches once the results of a new search have arrived. */
export function useMatchesSaid(search: string, total: number, isSettled: boolean): void {
  const announce = useAnnounce();
  const heard = useRef(search);
  useEffect(() => {
    if (heard.current === search || !isSettled) return;
    heard.current = search;
    announce(`${counted(total, "assignment")} match`);
  }, [search, total, isSettled, announce]);
}
