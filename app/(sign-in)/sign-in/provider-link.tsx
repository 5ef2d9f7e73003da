"use client";

import { Button } from "@mantine/core";

/** A plain link, because it leads to another host and must not be prefetched. */
export function ProviderLink({ next, name }: { next: string; name: string }) {
  return (
    <Button component="a" href={`/sign-in/oidc?${new URLSearchParams({ next })}`} variant="default" fullWidth>
      Continue with {name}
    </Button>
  );
}
