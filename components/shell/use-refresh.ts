import { useRouter } from "next/navigation";
import { useCallback } from "react";
import { ask } from "./ask";

/**
 * Refreshes the page if the server responds and the person is signed in. Otherwise Next would replace the page with a
 * browser error or the sign-in, and typed input would be lost.
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
