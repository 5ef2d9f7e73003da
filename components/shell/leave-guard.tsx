"use client";

import { Button } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { DialogActions } from "@/components/ui/dialog-actions";
import { linkOf } from "./unmodified-click";

/** Asks for confirmation before a link or closing the page discards unsaved input. */
export function LeaveGuard({ when, what }: { when: boolean; what: string }) {
  const router = useRouter();
  const [target, setTarget] = useState<string | null>(null);
  useEffect(() => {
    if (!when) return;
    const keep = (event: BeforeUnloadEvent) => event.preventDefault();
    const hold = (event: MouseEvent) => {
      const href = leavingLink(event);
      if (!href) return;
      event.preventDefault();
      event.stopPropagation();
      setTarget(href);
    };
    window.addEventListener("beforeunload", keep);
    document.addEventListener("click", hold, true);
    return () => {
      window.removeEventListener("beforeunload", keep);
      document.removeEventListener("click", hold, true);
    };
  }, [when]);
  const leave = () => {
    if (target) router.push(target);
    setTarget(null);
  };
  return (
    <Dialog opened={target !== null} onClose={() => setTarget(null)} title="Leave this page?">
      <p>{what}</p>
      <DialogActions>
        <Button variant="default" onClick={() => setTarget(null)} data-autofocus>
          Stay
        </Button>
        <Button color="danger" onClick={leave}>
          Leave without saving
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** The URL that a plain click leads to, if it is another page of the console. */
function leavingLink(event: MouseEvent): string | null {
  const link = linkOf(event);
  return !link || link.pathname === location.pathname ? null : link.pathname + link.search + link.hash;
}
