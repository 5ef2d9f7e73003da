"use client";

import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { ActionButton } from "@/components/ui/action-button";
import { Link } from "@/components/ui/link";

/** The link to connect a directory; disabled with the reason for people who may not. */
export function NewDirectoryLink({ why }: { why: string | null }) {
  const icon = <IconPlus size={16} stroke={1.75} aria-hidden />;
  if (why)
    return (
      <ActionButton why={why} leftSection={icon}>
        Connect directory
      </ActionButton>
    );
  return (
    <Button renderRoot={(props) => <Link href="/directories/new" {...props} data-new />} leftSection={icon}>
      Connect directory
    </Button>
  );
}
