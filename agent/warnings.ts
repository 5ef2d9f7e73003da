import { formatLicenseNumber } from "@/domain/licenses/license-number";
import { DAY, monthOf } from "@/domain/month";
import { clockText } from "./backend-problem";
import { unspent } from "./budget";
import { slotKey } from "./consumption";
import { timeAllotments } from "./metering";
import { isPrepaid } from "./prepaying";
import { isOnline, type State } from "./state";

const WARN_BEFORE = 7 * DAY;
const WARN_OFFLINE_BEFORE = 30 * DAY;
const QUIET_FOR = DAY / 24;

/** Warns of the lease's end from a week before, if the backend isn't reached; of a wrong clock at once. */
export function warningsOf(state: State, now: number): string[] {
  const { license, contact, time, slots, asking } = state;
  const left = license ? license.leaseEnd - now : Number.POSITIVE_INFINITY;
  const offline =
    state.offline && left > 0 && left < WARN_OFFLINE_BEFORE
      ? `The signed definition expires in ${span(left)}. Download a renewed one from the backend, then drop it here.`
      : null;
  const isQuiet = !isOnline(state) || now - (contact.lastAt ?? 0) > QUIET_FOR;
  const lease =
    !state.offline && left > 0 && left < WARN_BEFORE && isQuiet
      ? `Users lose access in ${span(left)} unless the backend is reached.`
      : null;
  const ending = license?.status === "expiring" || license?.status === "grace";
  const validity = ending
    ? `The license ${license.status === "grace" ? "has ended and is in its grace days" : "ends soon"}: ${license.definition.valid}.`
    : null;
  const faults = [...slots.values()].flatMap(({ fault, allotment, month }) =>
    fault ? [`The backend didn't count ${allotment} for ${month}: ${fault}`] : [],
  );
  const other =
    license && asking ? `The key for ${formatLicenseNumber(asking.number)}: ${asking.detail}` : null;
  const problems = [lease || null, offline, validity, other, clockText(time.ahead)];
  return [...problems.filter((warning) => warning !== null), ...shortages(state, now), ...faults];
}

/** Nobody can begin another block where the reserved minutes are used up and the backend can't be asked for more. */
function shortages(state: State, now: number): string[] {
  const { license } = state;
  if (!license || isOnline(state)) return [];
  const month = monthOf(new Date(now));
  return timeAllotments(license.definition)
    .filter((allotment) => isPrepaid(state, allotment, month))
    .filter(({ name, usage }) => {
      const budget = state.budgets.get(slotKey(license.number, name, month));
      return !budget || unspent(budget) < usage.minimum;
    })
    .map(
      ({ name }) =>
        `The reserved minutes of ${name} are used up, and the backend can't be reached. Nobody can begin another block until it can.`,
    );
}

function span(ms: number): string {
  const hours = Math.floor(ms / (DAY / 24));
  if (hours >= 48) return `${Math.floor(hours / 24)} days`;
  return hours > 1 ? `${hours} hours` : `${Math.max(1, Math.round(ms / 60_000))} minutes`;
}
