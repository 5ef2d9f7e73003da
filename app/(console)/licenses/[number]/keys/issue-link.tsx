"use client";

import { Button } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import { ActionButton } from "@/components/ui/action-button";
import { Link } from "@/components/ui/link";

/** The link to issue a key; disabled with the reason for people who may not. */
export function IssueLink({ number, why }: { number: string; why: string | null }) {
  const icon = <IconKey size={16} stroke={1.75} aria-hidden />;
  if (why)
    return (
      <ActionButton why={why} leftSection={icon}>
        Issue a key
      </ActionButton>
    );
  return (
    <Button
      renderRoot={(props) => <Link href={`/licenses/${number}/keys/new`} {...props} data-new />}
      leftSection={icon}
    >
      Issue a key
    </Button>
  );
}
