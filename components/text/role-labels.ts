import type { Role } from "@/domain/roles";

/** What each role may do, for the people who assign roles. */
export const ROLE_LABELS: Record<Role, { name: string; can: string }> = {
  owner: { name: "Owner", can: "Full access, including people, signing keys and owners." },
  issuer: {
    name: "Issuer",
    can: "Manages all customers, licenses, definitions and keys. Sees how many seats are taken, but not by whom.",
  },
  "license-admin": {
    name: "License admin",
    can: "Only the selected customers: assigns seats, sees usage and deployments, reveals keys. Can't change entitlements.",
  },
  auditor: { name: "Auditor", can: "Reads everything except keys. Can't change anything." },
};
