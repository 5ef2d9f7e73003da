import {
  createLoader,
  createParser,
  createSerializer,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { dayParam } from "@/app/(console)/_list/day-param";
import { monthParam } from "@/app/(console)/_list/month-param";
import { DEPLOYMENT_SORTS, DEPLOYMENT_STATES } from "@/domain/deployment-pulse";
import { isUuid } from "@/domain/uuid";
import { ORIGIN } from "@/domain/view-search";
import type { DeploymentFilter } from "@/server/deployments/deployment-list";

const SORTS = DEPLOYMENT_SORTS.flatMap((name) => [name, `-${name}` as const]);

/** The filters and the sort of the deployments. */
const deploymentFilters = {
  q: parseAsString.withDefault(""),
  state: parseAsStringLiteral(DEPLOYMENT_STATES),
  product: parseAsString.withDefault(""),
  /** The jti of the key in use. */
  key: createParser({ parse: (text) => (isUuid(text) ? text : null), serialize: String }),
  /** The deployment's last call was before this day, in UTC. */
  before: dayParam,
  sort: parseAsStringLiteral(SORTS).withDefault("-contact"),
  /** The month of the shares; the current one by default. */
  month: monthParam,
};

/** The position in the list, the view it started from, and the open deployment. */
const deploymentPosition = { cursor: parseAsString, open: parseAsString, [ORIGIN]: parseAsString };

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
