/** The groups of operations, in the order of the documentation. */
export const TAGS = [
  { name: "Product protocol", description: "What deployments call, with a signed license key." },
  { name: "Customers", description: "Who licenses are for." },
  { name: "Licenses", description: "Licenses, their settings and their definitions." },
  { name: "Keys", description: "Signed license keys: issue, show again, revoke." },
  {
    name: "Usage",
    description: "Consumption of a month against its quota, by session, and who was denied access.",
  },
  { name: "Assignments", description: "Who holds a seat, one by one and in bulk." },
  { name: "Users", description: "Users over all licenses: found, read, and released everywhere." },
  { name: "Rejections", description: "Assignments that were refused, and why." },
  { name: "Deployments", description: "Installed products that call with the keys of a license." },
  { name: "Dual use", description: "A second product on the license of another one." },
  { name: "Signed definitions", description: "Checkouts for deployments without a network." },
  { name: "Offline logs", description: "Logs of deployments without a network." },
  { name: "Legacy", description: "License files by serial and control number, and their migration." },
  { name: "Reclaim", description: "Rules that release seats that nobody uses, and the runs of these rules." },
  { name: "Alerts", description: "Alerts, and the rules that fire them." },
  { name: "Signing keys", description: "The keys that sign license keys and definitions." },
  { name: "Webhooks", description: "Endpoints that events are sent to, and the log of what was sent." },
  { name: "Directories", description: "Connections of directories, and what they do to seats." },
  { name: "SCIM", description: "What directories call, with the token of a connection." },
  { name: "Tokens", description: "API tokens of programs." },
  { name: "Events", description: "What happens to licenses, in an order that programs can follow." },
  { name: "Audit", description: "Who changed what, in chains that can be verified." },
  { name: "Published license API", description: "For clients written for another vendor's cloud." },
  { name: "Repository service facade", description: "For scripts that list and release seats." },
  { name: "Installation", description: "The state and the description of this installation." },
];

/** What holds for every operation. */
export const INTRODUCTION = `The management API (\`/api/v1/admin\`) and the published license API (\`/api/v1/licenses\`) use API tokens, the product protocol (\`/v1\`) uses signed license keys.

- **Errors** are problem bodies (RFC 9457): \`code\` says why, \`detail\` what to do, \`errors\` which field. \`type\` is the address of a page about the code. A refused request changed nothing, unless \`code\` is \`OUTCOME_UNKNOWN\`: then send the same request again.
- **Lists** are \`{items, cursor}\`. Send \`cursor\` back with the same filter for the next page, or follow \`Link: <…>; rel="next"\`; after the last page it is null. Directory connections and their requests come as \`connections\` and \`requests\` instead of \`items\`.
- **Changes** that could overwrite another one take the \`ETag\` that you read as \`If-Match\`.
- **Repeats**: a POST of the management API with an \`Idempotency-Key\` is carried out once. For a day a repeat gets the first response; a secret in it is left out, and \`secretShown\` says so. A refused request isn't kept: you can send it again with the same key.
- **Limits**: \`RateLimit-Policy\` and \`RateLimit\` say how many requests the token or the license key has left in the window of five minutes. Beyond that, requests are refused with 429 and \`Retry-After\`.`;
