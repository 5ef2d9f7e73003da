import { count, counted } from "@/components/text/numbers";
import { AUDIT_ACTIONS, isAuditAction } from "@/domain/audit-actions";

type Told = { action: string; details: unknown };
type Facts = Record<string, unknown>;
export type FieldRow = { field: string; before: string | null; after: string };

const STATUS: Record<string, string> = {
  active: "License resumed",
  suspended: "License suspended",
  revoked: "License revoked",
};
const FIELDS: Record<string, string> = {
  jti: "Key ID (jti)",
  kid: "Signing key (kid)",
  os: "System",
  auto: "Automatic",
  by: "Through",
  with: "With the token of",
  stops: "Keys stopped",
  leaseDays: "Lease, in days",
  graceDays: "Grace, in days",
  isOn: "On",
  idleDays: "Idle, in days",
  noticeDays: "Notice, in days",
  most: "Seats per run, at most",
  every: "Runs each",
  code: "Suspicion",
  offlineDays: "Signed definitions, in days",
  maxCheckouts: "Signed definitions out at a time",
  sessionNames: "Names with sessions",
  whenOffline: "When offline",
  leaseHours: "Reserved minutes, in hours",
  recovered: "Minutes booked again",
};
/** Fields that mean nothing to a reader or are shown as a link; they are still in the JSON. */
const UNSAID = new Set(["index", "alias", "reverses"]);

/** A short label for the action of an event. */
export function actionLabel({ action, details }: Told): string {
  const words = isAuditAction(action) ? AUDIT_ACTIONS[action] : action;
  const facts = isFacts(details) ? details : {};
  switch (action) {
    case "license.status-changed":
      return STATUS[String(isFacts(facts.after) ? facts.after.status : "")] ?? words;
    case "assignment.added":
      if (facts.reverses) return "Seat restored (undo)";
      return facts.auto === true ? "Seat auto-assigned" : words;
    case "assignment.released":
      return facts.reverses ? "Seat released (undo)" : words;
    case "deployment.renamed":
      return facts.after ? `Renamed to ${String(facts.after)}` : "Name removed";
    case "deployment.cleared":
      return `${words}: ${String(facts.code).replaceAll("-", " ")}`;
    case "deployment.activated":
      return facts.cause === "Update" ? "Reactivated" : words;
    case "signing-key.withdrawn":
      return typeof facts.stops === "number" ? `${words}, stops ${counted(facts.stops, "key")}` : words;
    default:
      return words;
  }
}

/** The label of an event in a list, including how many seats it stands for. */
export function shownLabel(event: Told & { standsFor: number }): string {
  const { action, details, standsFor } = event;
  if (standsFor === 1) return actionLabel(event);
  const undoes = isFacts(details) && details.reverses;
  const seats = counted(standsFor, "seat");
  if (action === "assignment.named") return `${seats} linked to users`;
  if (action === "assignment.added") return undoes ? `${seats} restored (undo)` : `${seats} assigned`;
  return undoes ? `${seats} released (undo)` : `${seats} released`;
}

/** The details of an event as rows; details with a before and an after are compared field by field. */
export function fieldRows(details: unknown): FieldRow[] {
  if (!isFacts(details)) return [];
  const { before, after, ...rest } = details;
  const facts = Object.entries(rest)
    .filter(([name]) => !UNSAID.has(name))
    .map(([name, value]) => ({ field: fieldName(name), before: null, after: valueWords(value) }));
  return [...("before" in details || "after" in details ? compared(before, after) : []), ...facts];
}

function compared(before: unknown, after: unknown): FieldRow[] {
  if (!isFacts(before) || !isFacts(after))
    return [{ field: "Value", before: valueWords(before), after: valueWords(after) }];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .map((name) => ({
      field: fieldName(name),
      before: valueWords(before[name]),
      after: valueWords(after[name]),
    }))
    .filter((row) => row.before !== row.after);
}

/** Turns `autoAssignAnalyzer` into `Auto assign analyzer`. */
function fieldName(name: string): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return FIELDS[name] ?? words.charAt(0).toUpperCase() + words.slice(1);
}

function valueWords(value: unknown): string {
  if (value === null || value === undefined || value === "") return "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return count(value);
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(valueWords).join(", ");
  return isFacts(value) ? JSON.stringify(value) : String(value);
}

function isFacts(value: unknown): value is Facts {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
