"use client";

import { PageFailure } from "@/components/shell/page-failure";

/** An error below the license's header and tabs, which stay. */
export default function TabError({ error, retry }: { error: unknown; retry: () => void }) {
  return <PageFailure error={error} retry={retry} isPart />;
}
