import { counted } from "@/components/text/numbers";

/**
 * A summary such as `3 licenses need attention, 21 are healthy, 2 are expired or stopped.` Stopped and expired licenses
 * aren't healthy.
 */
export function healthLabel(needy: number, healthy: number, inactive: number): string {
  if (needy === 0 && inactive === 0)
    return healthy === 1 ? "No issues with your license." : `All ${counted(healthy, "license")} are healthy.`;
  const needs = `${counted(needy, "license")} ${needy === 1 ? "needs" : "need"} attention`;
  const parts = [
    needy === 0 ? "Nothing needs your attention" : needs,
    ...(healthy > 0 ? [`${areOf(healthy)} healthy`] : []),
    ...(inactive > 0 ? [`${areOf(inactive)} expired or stopped`] : []),
  ];
  return `${parts.join(", ")}.`;
}

function areOf(number: number): string {
  return number === 1 ? "1 is" : `${number} are`;
}
