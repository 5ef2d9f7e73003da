"use client";

import { PageFailure } from "@/components/shell/page-failure";

/** Under the head and the tabs of the license, which stay. */
export default function TabError({ error, retry }: { error: unknown; retry: () => void }) {
  return <PageFailure error={error} retry={retry} isPart />;
}
