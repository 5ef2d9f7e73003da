import { createLoader, createSerializer, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { ALERT_STATES } from "@/domain/alerts/alert";

const alertParams = {
  state: parseAsStringLiteral(ALERT_STATES).withDefault("fired"),
  license: parseAsString,
  cursor: parseAsString,
};

export const loadAlertParams = createLoader(alertParams);
export const alertSearch = createSerializer(alertParams);
export type AlertParams = Awaited<ReturnType<typeof loadAlertParams>>;
