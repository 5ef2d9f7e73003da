import { useQuery } from "@tanstack/react-query";
import { ask } from "@/components/shell/ask";
import { live } from "@/components/shell/live";
import type { AttentionShown } from "./attention-shown";

const LOOK_MS = 60_000;

/** Polls what needs attention and which version of the console the server runs, on every page. */
export function useAttention() {
  return useQuery({
    queryKey: ["attention"],
    queryFn: ({ signal }) => ask<AttentionShown>("/attention", signal),
    ...live(LOOK_MS),
  });
}
