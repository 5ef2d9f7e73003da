import { useRouter } from "next/navigation";
import { useCallback } from "react";
import { ask } from "./ask";

/** Reads the page anew if the server answers. If it did not, Next would leave the page for an error of the browser. */
export function useRefresh(): () => Promise<void> {
  const router = useRouter();
  return useCallback(async () => {
    const isThere = await isAnswering();
    if (isThere) router.refresh();
  }, [router]);
}

function isAnswering(): Promise<boolean> {
  return ask("/session/left", new AbortController().signal).then(
    () => true,
    () => false,
  );
}
