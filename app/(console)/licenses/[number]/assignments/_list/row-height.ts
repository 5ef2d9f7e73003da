import { useMediaQuery } from "@mantine/hooks";
import { usePreferences } from "@/components/shell/preferences-provider";

/** The height of a row of a table in pixels, as app/globals.css has it: what a finger hits is never compact. */
export function useRowHeight(): number {
  const { density } = usePreferences();
  const isTouched = useMediaQuery("(pointer: coarse)");
  return density === "compact" && !isTouched ? 36 : 44;
}
