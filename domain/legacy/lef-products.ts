import type { Parameter } from "@/domain/licenses/definition";

/** The products of PRODUCTLEVEL: 3 Developer, 10 QlikView Server, 30 Publisher, 50 Qlik Sense Enterprise. */
const PRODUCTS: Record<string, string> = { "3": "QV", "10": "QV", "30": "QV", "50": "QSEfW" };
const LEVELS: Record<string, string> = { QV: "10", QSEfW: "50" };

/** The product of a file without a known level. */
export const USUAL_PRODUCT = "QSEfW";

/** The parameter that keeps a level with its dates, which are those of maintenance and don't end use. */
export const MAINTENANCE = "maintenance";

export function productOfLevel(level: string): string | undefined {
  return Object.hasOwn(PRODUCTS, level) ? PRODUCTS[level] : undefined;
}

/** The level that stands for a product; undefined if the older form doesn't have it. */
export function levelOfProduct(product: string): string | undefined {
  return Object.hasOwn(LEVELS, product) ? LEVELS[product] : undefined;
}

/** The parameter for a level and its dates; none if the product implies the level and there are no dates. */
export function maintenanceOf(product: string, level: string, valid: string): Parameter[] {
  const isPlain = valid === "" && (level === "" || levelOfProduct(product) === level);
  return isPlain ? [] : [{ name: MAINTENANCE, valid, ...(level === "" ? {} : { values: { level } }) }];
}
