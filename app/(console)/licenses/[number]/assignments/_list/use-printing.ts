import { useEffect, useState } from "react";
import { flushSync } from "react-dom";

/** Whether the page is being printed; a printed list must be complete. */
export function usePrinting(): boolean {
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    const ends = new AbortController();
    const on = (name: "beforeprint" | "afterprint", is: boolean) =>
      window.addEventListener(name, () => flushSync(() => setPrinting(is)), ends);
    on("beforeprint", true);
    on("afterprint", false);
    return () => ends.abort();
  }, []);
  return isPrinting;
}
