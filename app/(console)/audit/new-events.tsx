"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { ask } from "@/components/shell/ask";
import { live } from "@/components/shell/live";
import { counted } from "@/components/text/numbers";
import styles from "./audit.module.css";
import { MOST_NEWS } from "./news-size";

/** `search` is the query of the list, `after` its first event. */
type Props = { search: string; chain?: string; after: string };

const LOOK_MS = 30_000;

/** Says that there are new events since the list was read, and shows them on request. */
export function NewEvents({ search, chain, after }: Props) {
  const router = useRouter();
  const asked = new URLSearchParams(search);
  asked.set("after", after);
  if (chain) asked.set("chain", chain);
  const { data: news = 0 } = useQuery({
    queryKey: ["audit-news", asked.toString()],
    queryFn: ({ signal }) => ask<number>(`/audit/news?${asked}`, signal),
    enabled: after !== "",
    initialData: 0,
    initialDataUpdatedAt: () => Date.now(),
    ...live(LOOK_MS),
  });
  return (
    <div role="status" className={styles.news}>
      {news > 0 ? (
        <Button variant="light" onClick={() => router.refresh()}>
          {news >= MOST_NEWS ? `${MOST_NEWS} or more new events` : counted(news, "new event")}
        </Button>
      ) : null}
    </div>
  );
}
