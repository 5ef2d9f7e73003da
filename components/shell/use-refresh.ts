import { useRouter } from "next/navigation";
import { useCallback } from "react";
import { ask } from "./ask";

/**
 * Reads the page again if the server answers and one is signed in. Else Next would leave the page for an error of the
 * browser or for the sign-in, and what was typed would be lost.
 */
export function useRefresh(): () => Promise<void> {
  const router = useRouter();
  return useCallback(async () => {
    if (await isSignedIn()) router.refresh();
  }, [router]);
}

function isSignedIn(): Promise<boolean> {
  return ask<{ left: number | null }>("/session/left", new AbortController().signal).then(
    ({ left }) => left !== null,
    () => false,
  );
}
