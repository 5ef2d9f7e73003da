import {
  createLoader,
  createParser,
  createSerializer,
  parseAsIsoDate,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { monthParam } from "@/app/(console)/_list/month-param";
import { DEPLOYMENT_SORTS, DEPLOYMENT_STATES } from "@/domain/deployment-pulse";
import { isUuid } from "@/domain/uuid";
import { ORIGIN } from "@/domain/view-search";
import type { DeploymentFilter } from "@/server/deployments/deployment-list";

const SORTS = DEPLOYMENT_SORTS.flatMap((name) => [name, `-${name}` as const]);

/** What narrows and orders the deployments. */
export const deploymentFilters = {
  q: parseAsString.withDefault(""),
  state: parseAsStringLiteral(DEPLOYMENT_STATES),
  product: parseAsString.withDefault(""),
  /** The jti of the key that they use. */
  key: createParser({ parse: (text) => (isUuid(text) ? text : null), serialize: String }),
  /** The day before which they called last, in UTC. */
  before: parseAsIsoDate,
  sort: parseAsStringLiteral(SORTS).withDefault("-contact"),
  /** The month whose shares are shown; the running one unless it is named. */
  month: monthParam,
};

/** Where in the list one is, which view it comes from, and which deployment is open beside it. */
export const deploymentPosition = { cursor: parseAsString, open: parseAsString, [ORIGIN]: parseAsString };

const deploymentParams = { ...deploymentFilters, ...deploymentPosition };

export const loadDeployments = createLoader(deploymentParams);
export const deploymentSearch = createSerializer(deploymentParams);
export type DeploymentParams = Awaited<ReturnType<typeof loadDeployments>>;

export function filterOf({
  q,
  state,
  product,
  key,
  before,
  sort,
  month,
}: DeploymentParams): DeploymentFilter {
  return {
    query: q.trim() || undefined,
    state: state ?? undefined,
    product: product || undefined,
    key: key ?? undefined,
    before: before ?? undefined,
    sort,
    month: month ?? undefined,
  };
}
