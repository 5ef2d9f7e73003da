import { nameKey } from "@/domain/licenses/definition";
import type { LicenseAllotment } from "@/domain/licenses/license-allotments";

/** The access types with seats that the facade lists, by the allotments of the same names. */
export const ACCESS_TYPES = ["professional", "analyzer"] as const;
export type AccessType = (typeof ACCESS_TYPES)[number];

/** How the repository service writes "never". */
const NEVER = "1753-01-01T00:00:00.000Z";
const ID = /^00000000-0000-0000-([0-9a-f]{4})-([0-9a-f]{12})$/i;

/** A number of at most 64 bits as an id: its digits in hex are the last 16 of an all-zero UUID. */
export function qrsId(decimal: string): string {
  const hex = BigInt(decimal).toString(16).padStart(16, "0");
  return `00000000-0000-0000-${hex.slice(0, 4)}-${hex.slice(4)}`;
}

/** The decimal of an id; null if `qrsId` can't have made it. */
export function decimalOf(id: string): string | null {
  const [, high, low] = ID.exec(id) ?? [];
  return high && low ? BigInt(`0x${high}${low}`).toString() : null;
}

/** The user of a subject: the directory is what comes before the first backslash. */
function qrsUser(subject: string): { userDirectory: string; userId: string; name: string } {
  const at = subject.indexOf("\\");
  return { userDirectory: subject.slice(0, Math.max(0, at)), userId: subject.slice(at + 1), name: subject };
}

/** A seat as an access of the repository service; the last use is a day, which it writes as its midnight. */
export function qrsAccess(
  type: AccessType,
  seat: { instance: string; subject: string; created: number; isExcess: boolean; lastUsed: string | null },
) {
  const created = new Date(seat.created).toISOString();
  return {
    id: qrsId(seat.instance),
    createdDate: created,
    modifiedDate: created,
    modifiedByUserName: "",
    schemaPath: SCHEMAS[type],
    privileges: [],
    user: { ...qrsUser(seat.subject), privileges: [] },
    lastUsed: seat.lastUsed === null ? NEVER : `${seat.lastUsed}T00:00:00.000Z`,
    excess: seat.isExcess,
    quarantined: false,
    quarantineEnd: NEVER,
  };
}

const SCHEMAS: Record<AccessType, string> = {
  professional: "License.ProfessionalAccessType",
  analyzer: "License.AnalyzerAccessType",
};

/** How many seats and minutes there are and are taken. Signet has no tokens, and nothing is in quarantine. */
export function accessTypeOverview(allotments: readonly LicenseAllotment[]) {
  const none = { enabled: false, allocatedTokens: 0, usedTokens: 0, quarantinedTokens: 0 };
  return {
    schemaPath: "AccessTypeOverview",
    totalTokens: 0,
    availableTokens: 0,
    tokensEnabled: false,
    userAccess: none,
    loginAccess: none,
    professionalAccess: seatAccess(allotments, "professional"),
    analyzerAccess: seatAccess(allotments, "analyzer"),
    analyzerTimeAccess: timeAccess(allotments),
  };
}

/** The older summary, which counts everything in tokens: a seat is one. */
export function accessTypeInfo(allotments: readonly LicenseAllotment[]) {
  const tokens = (count: number) => ({
    tokenCost: 0,
    allocatedTokens: count,
    usedTokens: count,
    quarantinedTokens: 0,
  });
  return {
    schemaPath: "AccessTypeInfo",
    totalTokens: 0,
    availableTokens: 0,
    professionalAccessType: tokens(seatAccess(allotments, "professional").allocated),
    analyzerAccessType: tokens(seatAccess(allotments, "analyzer").allocated),
    userAccessType: tokens(0),
    loginAccessType: tokens(0),
  };
}

function seatAccess(allotments: readonly LicenseAllotment[], type: AccessType) {
  const found = allotments.find(({ name }) => nameKey(name) === type);
  const { units, live, reserved } = found?.class === "assigned" ? found : { units: 0, live: 0, reserved: 0 };
  return {
    enabled: found?.class === "assigned",
    total: units,
    allocated: live,
    used: live,
    quarantined: 0,
    excess: Math.max(0, live - units),
    available: Math.max(0, units - live - reserved),
  };
}

function timeAccess(allotments: readonly LicenseAllotment[]) {
  const found = allotments.find(({ name }) => nameKey(name) === "analyzer_time");
  const { quota, total, reserved } = found?.class === "time" ? found : { quota: 0, total: 0, reserved: 0 };
  return {
    enabled: found?.class === "time",
    allocatedMinutes: quota,
    usedMinutes: total,
    unavailableMinutes: reserved,
  };
}
