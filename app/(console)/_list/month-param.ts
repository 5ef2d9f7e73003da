import { createParser } from "nuqs/server";
import { parseMonth } from "@/domain/month";

/** A month in the URL, `2026-08`. */
export const monthParam = createParser({ parse: parseMonth, serialize: (month: string) => month });
