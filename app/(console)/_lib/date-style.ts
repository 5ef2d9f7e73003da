import { cookies } from "next/headers";
import { cache } from "react";
import { PREFERENCES_COOKIE, readPreferences } from "@/components/shell/preferences";
import { type DateStyle, DEFAULT_STYLE } from "@/domain/dates/date-style";
import { UTC } from "@/domain/dates/zone";
import { ownDateStyle } from "@/server/identity/session";

/** How this request shows dates and times: as the person chose, or in UTC for now. Components get it by `useDateStyle`. */
export const dateStyle = cache(async (): Promise<DateStyle> => {
  const style = (await ownDateStyle())?.style ?? DEFAULT_STYLE;
  const { inUtc } = readPreferences((await cookies()).get(PREFERENCES_COOKIE)?.value);
  return inUtc ? { ...style, zone: UTC } : style;
});
