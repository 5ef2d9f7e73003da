import { type DualUse, dualUseRefusal } from "@/domain/dual-use";
import type { Feature } from "@/domain/licenses/features";
import { refusalSentence } from "@/domain/refusals/all-refusals";
import { Refusal } from "@/domain/refusals/refusal";
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

/** The same beside the standing of the key that names it. */
export type Admission = AdmittedLicense & {
  on_timeline: boolean | null;
  found: boolean;
  key_revoked: boolean;
  kid_status: "active" | "retired" | "withdrawn";
  license_status: "active" | "suspended" | "revoked";
  has_room: boolean;
  /** The product that the call counts as: the one it names, else the one that its source named last. */
  scope: string | null;
  /** What is known of that product where it is not the license's own. */
  dual_use: DualUse | null;
};

/** What decides whether a caller is let in. */
export type AdmissionStatus = Omit<
  Admission,
  "license_version" | "auto_assign_professional" | "auto_assign_analyzer" | "subject_matching"
>;

export const MAX_DEPLOYMENTS = 10_000;

/** Callers as columns for `unnest`: jti, license, kid, source, product, version, os, address, clock skew. */
export function callerColumns(calls: readonly { caller: Caller }[]): unknown[][] {
  const of = (value: (caller: Caller) => unknown) => calls.map(({ caller }) => value(caller));
  return [
    of(({ key }) => key.jti),
    of(({ key }) => key.license),
    of(({ key }) => key.kid),
    of(({ source }) => source),
    of(({ product }) => product),
    of(({ version }) => version),
    of(({ os }) => os),
    of(({ address }) => address),
    of(({ clockSkew }) => clockSkew),
  ];
}

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

/** Looked at only where the product is not the license's own: the source's request, and the offers that name the product. */
const DUAL_USE = `
  CASE WHEN ${SCOPE} IS NULL OR ${SCOPE} = ANY (l.products) THEN NULL ELSE (
    SELECT jsonb_build_object('status', q.state, 'reason', q.reason, 'offers', (
      SELECT jsonb_agg(o.until) FROM dual_use_offer o
      WHERE o.license = l.number AND o.withdrawn_at IS NULL AND ${SCOPE} = ANY (o.products)))
    FROM (SELECT) one LEFT JOIN dual_use_request q
      ON q.license = l.number AND q.source = c.source AND q.product = ${SCOPE}) END`;

/** What the answers of a license depend on, from `license l`. */
export const LICENSE_COLUMNS = `
  l.products, l.definition_id, l.version AS license_version, l.auto_assign_professional, l.auto_assign_analyzer,
  l.subject_matching::text AS subject_matching, l.offline_hashes, l.lease_days, l.grace_days`;

export const ADMISSION_COLUMNS = `
  ${ON_TIMELINE} AS on_timeline, k.jti IS NOT NULL AS found, k.revoked_at IS NOT NULL AS key_revoked, s.status::text AS kid_status,
  l.status::text AS license_status, ${SCOPE} AS scope, ${DUAL_USE} AS dual_use, ${LICENSE_COLUMNS},
  CASE WHEN d.source IS NOT NULL OR c.source IS NULL THEN true
    ELSE (SELECT count(*) FROM deployment o WHERE o.license = c.license) < ${MAX_DEPLOYMENTS} END AS has_room`;

/** The same decision as `admit`, for statements that book in the same breath; over the columns above. */
export const ADMITTED = `
  on_timeline AND found AND NOT key_revoked AND kid_status <> 'withdrawn' AND license_status = 'active' AND has_room
  AND (scope IS NULL OR scope = ANY (products) OR dual_use ->> 'status' = 'accepted')`;

/** Lets a caller in, or refuses with the reason. Of a store that went back in time nothing is answered, not even that. */
export function admit<Row extends AdmissionStatus>(row: Row | undefined, now: Date): Row {
  if (row && !row.on_timeline) throw new StoreWentBack({ by: "timeline" });
  if (!row?.found || row.kid_status === "withdrawn") throw invalidKey();
  if (row.key_revoked) throw new Refusal("KEY_REVOKED", refusalSentence("KEY_REVOKED"));
  if (row.license_status === "revoked")
    throw new Refusal("LICENSE_REVOKED", refusalSentence("LICENSE_REVOKED"));
  if (row.license_status === "suspended")
    throw new Refusal("LICENSE_SUSPENDED", refusalSentence("LICENSE_SUSPENDED"));
  const refusal = productRefusal(row, now);
  if (refusal) throw refusal;
  if (!row.has_room) throw new Refusal("TOO_MANY_DEPLOYMENTS", refusalSentence("TOO_MANY_DEPLOYMENTS"));
  return row;
}

function productRefusal({ scope, products, dual_use }: AdmissionStatus, now: Date): Refusal | null {
  return scope === null || products.includes(scope) ? null : dualUseRefusal(scope, dual_use, now);
}
