"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { ask } from "@/components/ask";
import { live } from "@/components/live";

const EVERY_MS = 30_000;

/** Reads the page of `at` anew while somebody looks at it, once something light has shown that the server answers. */
export function Refresher({ at }: { at: Date }) {
  const router = useRouter();
  const { data: answeredAt } = useQuery<number | null>({
    queryKey: ["overview", at.getTime()],
    queryFn: async ({ signal }) => {
      await ask("/session/left", signal);
      return Date.now();
    },
    initialData: null,
    initialDataUpdatedAt: at.getTime(),
    ...live(EVERY_MS),
  });
  useEffect(() => {
    if (answeredAt !== null) router.refresh();
  }, [answeredAt, router]);
  return null;
}
