import { perProcess } from "@/server/store/per-process";
import { servedApi } from "./mount";
import { documentOf } from "./openapi";
import type { Document } from "./openapi-shape";

export {
  type Content,
  type Document,
  type Method,
  type Operation,
  operationsOf,
  resolved,
  type Schema,
} from "./openapi-shape";

/** The OpenAPI document of this server, for the pages that show it. */
export function documentation(): Document {
  return perProcess("documentation", () => documentOf(servedApi()));
}
