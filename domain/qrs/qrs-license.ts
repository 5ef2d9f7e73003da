import { levelOfProduct } from "@/domain/legacy/lef-products";
import type { ValidityStatus } from "@/domain/licenses/lease";
import { parseValidity } from "@/domain/licenses/validity";
import { qrsId } from "./access-types";

type Shown = {
  number: string;
  customer: { name: string };
  status: "active" | "suspended" | "revoked";
  standing: ValidityStatus;
  product: string;
  valid: string;
  created: Date;
  updated: Date;
};

/** A license as the repository service shows it, without its key, control number and license file. */
export function qrsLicense({ number, customer, status, standing, product, valid, created, updated }: Shown) {
  return {
    id: qrsId(number),
    createdDate: created.toISOString(),
    modifiedDate: updated.toISOString(),
    modifiedByUserName: "",
    schemaPath: "License",
    privileges: [],
    lef: "",
    serial: number,
    check: "",
    key: "",
    name: customer.name,
    organization: customer.name,
    product: Number(levelOfProduct(product) ?? 0),
    numberOfCores: 0,
    isExpired: standing === "expired",
    expiredReason: standing === "expired" ? `The license was valid ${valid}.` : "",
    isBlacklisted: status !== "active",
    isInvalid: false,
    isSubscription: parseValidity(valid)?.to != null,
    isCloudServices: false,
    isElastic: false,
  };
}
