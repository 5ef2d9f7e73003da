import { parseAsBoolean, parseAsString, useQueryStates } from "nuqs";

/** The open dialog of a license: the allotment to raise, or a renewal. */
const changeParams = { raise: parseAsString, renew: parseAsBoolean.withDefault(false) };

/** The dialog that the URL opens, and how to open another one. */
export function useChangeDialog() {
  const [open, set] = useQueryStates(changeParams);
  return {
    ...open,
    openRaise: (allotment: string) => void set({ raise: allotment, renew: null }),
    openRenew: () => void set({ raise: null, renew: true }),
    close: () => void set({ raise: null, renew: null }),
  };
}
