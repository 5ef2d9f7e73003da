import { dualUseRefusal } from "@/domain/dual-use";
import type { Feature } from "@/domain/licenses/features";
import { refusalSentence } from "@/domain/refusals/all-refusals";
import { Refusal, type RefusalCode } from "@/domain/refusals/refusal";
import type { ParsedKey } from "@/domain/signed-key";
import { invalidKey } from "@/server/keys/signed-keys";
import { ON_TIMELINE, StoreWentBack } from "@/server/store/timeline";

/** Who calls: a proven key, the deployment that speaks, and what its user agent says. */
export type Caller = {
  key: ParsedKey;
  /** Null where a call names none. */
  source: string | null;
  product: string | null;
  version: string | null;
  os: string | null;
  address: string | null;
  /** Seconds that the caller's clock is ahead of ours, where it sent a `Date`. */
  clockSkew: number | null;
  /** What it says that it understands, where it was asked; kept when it activates or reads its definition. */
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
  /** Whether live seats keep the hash by which logs of sites without a network name them. */
  offline_hashes: boolean;
  lease_days: number;
  grace_days: number;
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

/** What a statement says of a call beside what it read. */
export type AdmissionStatus = {
  on_timeline: boolean | null;
  /** The product that the call counts as: the one it names, else the one that its source named last. */
  scope: string | null;
  /** Why the call is not let in; `reason` is an admin's. Null where it is let in. */
  refusal: { code: AdmissionCode; reason?: string | null } | null;
};

/** A license as a statement read it that admits the call. */
export type Admission = AdmissionStatus & AdmittedLicense;

const MAX_DEPLOYMENTS = 10_000;

/** Joins the standing of a key to rows of callers named `c` (jti, license, kid, source, product), and its deployment as `d`. */
export const ADMISSION_JOINS = `
  LEFT JOIN signed_key k ON k.jti = c.jti AND k.license = c.license AND k.kid = c.kid
  LEFT JOIN signing_key s ON s.kid = k.kid
  LEFT JOIN license l ON l.number = k.license
  LEFT JOIN LATERAL (SELECT * FROM deployment WHERE license = k.license AND source = c.source OFFSET 0) d ON true`;

const SCOPE = "coalesce(c.product, d.product)";

/** Whether the allotment `row` is for other products than the call's; a product that isn't known sees those for all only. */
export const outOfScope = (row: string) =>
  `(coalesce(cardinality(${row}.products), 0) > 0 AND (${SCOPE} IS NULL OR ${SCOPE} <> ALL (${row}.products)))`;

/** The keys of the license's allotments that are for other products; null when there are none. */
export const HIDDEN_ALLOTMENTS = `
  (SELECT array_agg(h.key) FROM allotment h WHERE h.license = l.number AND ${outOfScope("h")})`;

/** What the answers of a license depend on, from `license l`. */
export const LICENSE_COLUMNS = `
  l.products, l.definition_id, l.version AS license_version, l.auto_assign_professional, l.auto_assign_analyzer,
  l.subject_matching::text AS subject_matching, l.offline_hashes, l.lease_days, l.grace_days`;

const refused = (code: AdmissionCode) => `'{"code": "${code}"}'::jsonb`;

/**
 * Read only where the product is not the license's own. A decision stands whatever becomes of the offers, so that a
 * deployment learns of it by its next call; without one an open offer lets it ask.
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

/** The rule of who is let in: the first reason against a call, null where there is none. It exists here only. */
const REFUSAL = `
  CASE WHEN k.jti IS NULL OR s.status = 'withdrawn' THEN ${refused("INVALID_KEY")}
    WHEN k.revoked_at IS NOT NULL THEN ${refused("KEY_REVOKED")}
    WHEN l.status = 'revoked' THEN ${refused("LICENSE_REVOKED")}
    WHEN l.status = 'suspended' THEN ${refused("LICENSE_SUSPENDED")}
    ELSE coalesce(
      CASE WHEN ${SCOPE} IS NULL OR ${SCOPE} = ANY (l.products) THEN NULL ELSE ${DUAL_USE_REFUSAL} END,
      CASE WHEN d.source IS NOT NULL OR c.source IS NULL OR ${hasRoom("c.license")} THEN NULL
        ELSE ${refused("TOO_MANY_DEPLOYMENTS")} END) END`;

/** What `admit` needs and the license, of calls `c` (with `now`) that are joined as above. */
export const ADMISSION_COLUMNS = `
  ${ON_TIMELINE} AS on_timeline, ${REFUSAL} AS refusal, ${SCOPE} AS scope, ${LICENSE_COLUMNS}`;

/** Which of the calls are let in, for statements that write in the same breath; over the columns above. */
export const ADMITTED = "on_timeline AND refusal IS NULL";

/** Lets a call in, or refuses with the reason. Of a store that went back in time nothing is answered, not even that. */
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
