import { createLoader, createSerializer } from "nuqs/server";
import { monthParam } from "@/app/(console)/_list/month-param";

const deniedParams = { month: monthParam };

export const loadDenied = createLoader(deniedParams);
export const deniedSearch = createSerializer(deniedParams);
