import { dualUseRefusal } from "@/domain/dual-use";
import type { Feature } from "@/domain/licenses/features";
import { refusalSentence } from "@/domain/refusals/all-refusals";
import { Refusal, type RefusalCode } from "@/domain/refusals/refusal";
import type { ParsedKey } from "@/domain/signed-key";
import { invalidKey } from "@/server/keys/signed-keys";
import { ON_TIMELINE, StoreWentBack } from "@/server/store/timeline";

/** A product that calls: a proven key, the deployment, and its user agent. */
export type Caller = {
  key: ParsedKey;
  /** The deployment's source; null if a call names none. */
  source: string | null;
  product: string | null;
  version: string | null;
  os: string | null;
  address: string | null;
  /** How many seconds the caller's clock is ahead of ours, if it sent a `Date`. */
  clockSkew: number | null;
  /** The features that it announces, where they are asked for; saved when it activates or reads its definition. */
  features?: Feature[];
};

/** A license as the hot statements read it. */
export type AdmittedLicense = {
  license: string;
  products: string[];
  definition_id: string;
  license_version: string;
  auto_assign_professional: boolean;
  auto_assign_analyzer: boolean;
  subject_matching: "folded" | "exact";
  /** Whether live seats keep the hash by which offline logs name them. */
  offline_hashes: boolean;
  /** Whether two subjects of the license are declared one user. */
  has_aliases: boolean;
  lease_days: number;
  grace_days: number;
  when_offline: "optimistic" | "bounded";
};

type AdmissionCode = Extract<
  RefusalCode,
  | "INVALID_KEY"
  | "KEY_REVOKED"
  | "LICENSE_REVOKED"
  | "LICENSE_SUSPENDED"
  | "DUAL_USE_REJECTED"
  | "DUAL_USE_WITHDRAWN"
  | "DUAL_USE_REQUIRED"
  | "PRODUCT_NOT_LICENSED"
  | "TOO_MANY_DEPLOYMENTS"
>;

/** The admission of a call, beside what the statement reads. */
export type AdmissionStatus = {
  on_timeline: boolean | null;
  /** The product that the call counts as: the one it names, otherwise the one that its source named last. */
  scope: string | null;
  /** Why the call is refused; `reason` is an admin's. Null if it is admitted. */
  refusal: { code: AdmissionCode; reason?: string | null } | null;
};

/** A license as read by a statement that admits the call. */
export type Admission = AdmissionStatus & AdmittedLicense;

const MAX_DEPLOYMENTS = 10_000;

/**
 * Joins the admission of a key to rows of callers named `c` (jti, license, kid, source, product), and its deployment
 * as `d`.
 */
export const ADMISSION_JOINS = `
  LEFT JOIN signed_key k ON k.jti = c.jti AND k.license = c.license AND k.kid = c.kid
  LEFT JOIN signing_key s ON s.kid = k.kid
  LEFT JOIN license l ON l.number = k.license
  LEFT JOIN LATERAL (SELECT * FROM deployment WHERE license = k.license AND source = c.source OFFSET 0) d ON true`;

const SCOPE = "coalesce(c.product, d.product)";

/** Whether the allotment `row` is for other products than the call's; an unknown product sees only those for all products. */
export const outOfScope = (row: string) =>
  `(coalesce(cardinality(${row}.products), 0) > 0 AND (${SCOPE} IS NULL OR ${SCOPE} <> ALL (${row}.products)))`;

/** The keys of the license's allotments that are for other products; null if there are none. */
export const HIDDEN_ALLOTMENTS = `
  (SELECT array_agg(h.key) FROM allotment h WHERE h.license = l.number AND ${outOfScope("h")})`;

/** The columns of `license l` on which responses depend. */
export const LICENSE_COLUMNS = `
  l.products, l.definition_id, l.version AS license_version, l.auto_assign_professional, l.auto_assign_analyzer,
  l.subject_matching::text AS subject_matching, l.offline_hashes, l.has_aliases, l.lease_days, l.grace_days,
  l.when_offline::text AS when_offline`;

const refused = (code: AdmissionCode) => `'{"code": "${code}"}'::jsonb`;

/**
 * Read only if the product isn't the license's own. A decision stays valid whatever happens to the offers, so that a
 * deployment learns of it at its next call; without one an open offer lets it ask.
 */
const DUAL_USE_REFUSAL = `
    (SELECT CASE q.state
        WHEN 'accepted' THEN NULL
        WHEN 'rejected' THEN ${refused("DUAL_USE_REJECTED")} || jsonb_build_object('reason', q.reason)
        WHEN 'withdrawn' THEN ${refused("DUAL_USE_WITHDRAWN")}
        ELSE CASE WHEN EXISTS (SELECT FROM dual_use_offer o
            WHERE o.license = l.number AND o.withdrawn_at IS NULL AND ${SCOPE} = ANY (o.products)
              AND (o.until IS NULL OR o.until >= (c.now AT TIME ZONE 'UTC')::date))
          THEN ${refused("DUAL_USE_REQUIRED")} ELSE ${refused("PRODUCT_NOT_LICENSED")} END END
      FROM (SELECT) one LEFT JOIN dual_use_request q
        ON q.license = l.number AND q.source = c.source AND q.product = ${SCOPE})`;

/** Whether one more deployment of a license may call. */
export const hasRoom = (license: string) =>
  `(SELECT count(*) FROM deployment o WHERE o.license = ${license}) < ${MAX_DEPLOYMENTS}`;

/** The admission rule: the first reason against a call, null if there is none. It exists only here. */
const REFUSAL = `
  CASE WHEN k.jti IS NULL OR s.status = 'withdrawn' THEN ${refused("INVALID_KEY")}
    WHEN k.revoked_at IS NOT NULL THEN ${refused("KEY_REVOKED")}
    WHEN l.status = 'revoked' THEN ${refused("LICENSE_REVOKED")}
    WHEN l.status = 'suspended' THEN ${refused("LICENSE_SUSPENDED")}
    ELSE coalesce(
      CASE WHEN ${SCOPE} IS NULL OR ${SCOPE} = ANY (l.products) THEN NULL ELSE ${DUAL_USE_REFUSAL} END,
      CASE WHEN d.source IS NOT NULL OR c.source IS NULL OR ${hasRoom("c.license")} THEN NULL
        ELSE ${refused("TOO_MANY_DEPLOYMENTS")} END) END`;

/** The columns that `admit` needs and the license, for calls `c` (with `now`) that are joined as above. */
export const ADMISSION_COLUMNS = `
  ${ON_TIMELINE} AS on_timeline, ${REFUSAL} AS refusal, ${SCOPE} AS scope, ${LICENSE_COLUMNS}`;

/** The admitted calls, for statements that write at the same time; over the columns above. */
export const ADMITTED = "on_timeline AND refusal IS NULL";

/** Admits a call, or throws the refusal. A store that went back in time answers nothing, not even that. */
export function admit<Row extends AdmissionStatus>(row: Row | undefined): Row {
  if (!row) throw invalidKey();
  if (!row.on_timeline) throw new StoreWentBack({ by: "timeline" });
  if (row.refusal) throw refusalOf(row.refusal, row.scope ?? "");
  return row;
}

function refusalOf(
  { code, reason = null }: NonNullable<AdmissionStatus["refusal"]>,
  product: string,
): Refusal {
  switch (code) {
    case "INVALID_KEY":
      return invalidKey();
    case "DUAL_USE_REJECTED":
    case "DUAL_USE_WITHDRAWN":
    case "DUAL_USE_REQUIRED":
    case "PRODUCT_NOT_LICENSED":
      return dualUseRefusal(code, product, reason);
    default:
      return new Refusal(code, refusalSentence(code));
  }
}
