"use client";

import { Trouble } from "@/components/shell/page-failure";

export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  return <Trouble error={error} retry={retry} />;
}
