import { useMediaQuery } from "@mantine/hooks";
import { usePreferences } from "@/components/shell/preferences-provider";

/** The row height of tables in pixels, as in app/globals.css. On touch screens rows are never compact. */
export function useRowHeight(): number {
  const { density } = usePreferences();
  const isTouched = useMediaQuery("(pointer: coarse)");
  return density === "compact" && !isTouched ? 36 : 44;
}
