/** A term of the product and its definition, for tooltips and /help/terms. */
export type Term = { id: string; name: string; means: string };
export type TermGroup = { name: string; terms: readonly Term[] };

const GROUPS = [
  {
    name: "Licenses and keys",
    terms: [
      { id: "license", name: "License", means: "What a customer bought, identified by a 16-digit number." },
      {
        id: "key",
        name: "Signed license key",
        means: "The text a product sends to prove which license it belongs to.",
      },
      {
        id: "lef",
        name: "License file (LEF)",
        means: "The older text form of a license, for products without signed keys.",
      },
      {
        id: "control-number",
        name: "Control number",
        means: "The code that such a product sends with the serial number to get its license file.",
      },
      { id: "jti", name: "jti", means: "The ID of one key." },
      { id: "kid", name: "kid", means: "The ID of the signing key that signed it." },
      {
        id: "definition",
        name: "Definition",
        means: "The content of a license: products, validity, allotments.",
      },
      {
        id: "version",
        name: "Version (definition)",
        means: "A fingerprint of that content. The same content has the same version.",
      },
      {
        id: "allotment",
        name: "Allotment",
        means: "A set of seats or minutes in a license, such as professional or analyzer_time.",
      },
      { id: "unit", name: "Unit", means: "One seat, or one minute, of an allotment." },
      { id: "in-force", name: "Units in force", means: "The units whose dates include today." },
      {
        id: "usage-class",
        name: "Usage class",
        means: "Whether an allotment counts people (seats) or minutes.",
      },
    ],
  },
  {
    name: "Capacity",
    terms: [
      {
        id: "quota",
        name: "Quota",
        means: "What can be used this month without overage: the units at the moment with the largest cap.",
      },
      {
        id: "overage",
        name: "Overage",
        means: "Usage beyond the quota that the contract allows: none, a number, or no cap.",
      },
      { id: "cap", name: "Cap", means: "Quota plus overage. Once it is reached, products deny access." },
      { id: "exceeded", name: "Exceeded", means: "Usage has passed the cap. It is still counted." },
      {
        id: "denied",
        name: "Access denied",
        means: "Products refuse users once the cap is reached, or after the license has ended.",
      },
      { id: "consumption", name: "Consumption", means: "Minutes used in one calendar month, UTC." },
      {
        id: "reserved",
        name: "Reserved minutes",
        means:
          "Minutes that a deployment, or a signed definition, holds for itself and hasn't used. Others can't use them.",
      },
      {
        id: "unleased",
        name: "Used without a reservation",
        means: "Minutes reported by a deployment that didn't reserve them first.",
      },
      {
        id: "block",
        name: "Block",
        means: "The minimum charge: with a block of 6, 26 minutes count as 30.",
      },
      {
        id: "forecast",
        name: "Forecast",
        means: "Where this month ends if usage continues as in the last 14 days.",
      },
      {
        id: "session",
        name: "Session",
        means: "What one user did in one app of a deployment, with the minutes it used.",
      },
      {
        id: "not-entitled",
        name: "Not entitled",
        means: "Access was denied because the user has no right to it, such as no seat.",
      },
      {
        id: "over-limit",
        name: "Over the limit",
        means: "Access was denied because the seats or minutes were used up.",
      },
      {
        id: "late",
        name: "Late report",
        means: "Usage that arrived after its month ended. It counts in its own month.",
      },
    ],
  },
  {
    name: "Deployments",
    terms: [
      { id: "deployment", name: "Deployment", means: "One installation of a product." },
      { id: "source", name: "Source", means: "The ID a deployment gives itself." },
      {
        id: "silent",
        name: "Silent",
        means: "A deployment that has not called within its usual time.",
      },
      {
        id: "clone",
        name: "Clone suspected",
        means: "Two deployments seem to use one source, often because of a copied virtual machine.",
      },
      { id: "skew", name: "Clock drift", means: "How far a deployment's clock is from the server's." },
      {
        id: "lease",
        name: "Lease",
        means: "How long a product keeps working without reaching this server.",
      },
      {
        id: "dual-use",
        name: "Dual use",
        means:
          "A deployment of another product that joined a license with an admin's approval and shares its users.",
      },
      { id: "sync", name: "Sync", means: "The exchange of assignment changes every 10 minutes." },
      {
        id: "sld",
        name: "Signed definition (SLD)",
        means: "A file that lets a deployment work without a network until it expires.",
      },
      {
        id: "share",
        name: "Share",
        means: "Seats or minutes that a signed definition reserves for its deployment.",
      },
      { id: "base", name: "Base version", means: "The last change a deployment has seen." },
      { id: "behind", name: "Behind", means: "How many changes it still has to fetch." },
    ],
  },
  {
    name: "Assignments",
    terms: [
      {
        id: "subject",
        name: "Subject",
        means: "The name that identifies a user in the API: DOMAIN\\user or an OIDC sub.",
      },
      { id: "assignment", name: "Assignment", means: "One user with one seat." },
      {
        id: "instance",
        name: "Instance",
        means: "One assignment from its creation to its release.",
      },
      { id: "patch", name: "Patch", means: "One change to an assignment." },
      { id: "rejection", name: "Rejection", means: "Why a change was refused." },
      {
        id: "excess",
        name: "Excess",
        means:
          "An assignment beyond the units in force: kept, but without access. The newest lose access first.",
      },
      {
        id: "release",
        name: "Release",
        means: "End an assignment: the seat becomes free, and the name is erased.",
      },
      { id: "convert", name: "Convert", means: "Move a user to another allotment in one step." },
      {
        id: "auto-assign",
        name: "Auto-assign",
        means: "The product takes a free seat when someone signs in.",
      },
      {
        id: "two-spellings",
        name: "Two spellings",
        means: "One user counted under two names.",
      },
      { id: "orphan", name: "Orphan", means: "A user that no deployment knows any more." },
    ],
  },
  {
    name: "Status and audit",
    terms: [
      { id: "suspended", name: "Suspended", means: "Stopped, but can be resumed." },
      { id: "revoked", name: "Revoked", means: "Stopped permanently." },
      { id: "maintenance", name: "Maintenance date", means: "The end of updates, not of usage." },
      {
        id: "audit-chain",
        name: "Audit chain",
        means: "Each event contains the hash of the previous one, so any change is detectable.",
      },
    ],
  },
] as const satisfies readonly TermGroup[];

export type TermId = (typeof GROUPS)[number]["terms"][number]["id"];

export const TERM_GROUPS: readonly TermGroup[] = GROUPS;

export const TERMS: readonly Term[] = TERM_GROUPS.flatMap(({ terms }) => terms);

export function termOf(id: TermId): Term {
  const term = TERMS.find((known) => known.id === id);
  if (!term) throw new Error(`There is no term ${id}.`);
  return term;
}
