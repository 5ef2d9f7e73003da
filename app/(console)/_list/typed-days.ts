import { redirect } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { dateStyle } from "@/app/(console)/_lib/date-style";
import { isoDays } from "./iso-days";

/**
 * Without JavaScript a form sends days as the person typed them. Redirects to the same list with days as `YYYY-MM-DD`,
 * so that the URL means the same to everybody.
 */
export async function readTypedDays(
  path: string,
  address: SearchParams,
  names: readonly string[],
): Promise<void> {
  if (!names.some((name) => address[name])) return;
  const search = isoDays(address, names, (await dateStyle()).dateForm);
  if (search !== null) redirect(`${path}?${search}`);
}
