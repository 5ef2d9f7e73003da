import type { Role } from "@/domain/roles";

/** What each role may do, in the words of those who give it. */
export const ROLE_WORDS: Record<Role, { name: string; can: string }> = {
  owner: { name: "Owner", can: "Everything, also people, signing keys and other owners." },
  issuer: {
    name: "Issuer",
    can: "Customers, licenses, definitions and keys of everyone. Sees how many seats are taken, not by whom.",
  },
  "license-admin": {
    name: "License admin",
    can: "Only the customers named here: assigns seats, sees use and deployments, reveals keys. Changes nothing that was bought.",
  },
  auditor: { name: "Auditor", can: "Reads everything but keys, and changes nothing." },
};
