"use client";

import { Button } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import { ActionButton } from "@/components/ui/action-button";
import { Link } from "@/components/ui/link";

/** The link to invite a person; disabled with the reason for people who may not. */
export function InviteLink({ why }: { why: string | null }) {
  const icon = <IconUserPlus size={16} stroke={1.75} aria-hidden />;
  if (why)
    return (
      <ActionButton why={why} leftSection={icon}>
        Invite a person
      </ActionButton>
    );
  return (
    <Button renderRoot={(props) => <Link href="/people/invite" {...props} data-new />} leftSection={icon}>
      Invite a person
    </Button>
  );
}
