"use client";

import { useQuery } from "@tanstack/react-query";
import { inForce } from "@/app/(console)/licenses/[number]/definition/actions";
import { orUnanswered } from "@/components/forms/unanswered";

/** The definition in force when a dialog opens. */
export function useInForce(number: string) {
  const { data = null } = useQuery({
    queryKey: ["in-force", number],
    queryFn: () => orUnanswered(inForce(number)),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  return data;
}
