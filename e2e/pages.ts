import type { Action } from "@/domain/roles";
import { spaced } from "./guide";

/** What the pages show. */
export type Shown = {
  number: string;
  customerId: string;
  webhook: string;
  delivery: string;
  /** A directory that told of one user. */
  directory: string;
  /** A seat of the license, and its user. */
  instance: string;
  subject: string;
};

export type ConsolePage = {
  /** The start of the window's title. */
  title: string;
  path: string;
  /** The right that the page requires; null for pages without sign-in. */
  action: Action | null;
};

/** Every page of the console. A new page is added here, and specs and screenshots follow. */
export function pagesOf({ number, customerId, webhook, delivery, directory, ...user }: Shown): ConsolePage[] {
  const { instance, subject } = user;
  const license = `/licenses/${number}`;
  return [
    { title: "Sign in", path: "/sign-in", action: null },
    { title: "Second factor", path: "/sign-in/code", action: null },
    { title: "Set up", path: "/setup", action: null },
    { title: "Every seat is taken", path: "/errors/no-available-units", action: null },
    { title: "API", path: "/api/docs", action: null },
    { title: "Assign up to 5,000 seats, each", path: "/api/docs/bulkAssign", action: null },
    { title: "Overview", path: "/", action: "licenses.read" },
    { title: "Customers", path: "/customers", action: "customers.read" },
    { title: "New customer", path: "/customers/new", action: "customers.read" },
    { title: "Customer", path: `/customers/${customerId}`, action: "customers.read" },
    { title: "Licenses", path: "/licenses", action: "licenses.read" },
    { title: "New license", path: "/licenses/new", action: "licenses.read" },
    { title: "New license", path: `/licenses/new?copy=${number}`, action: "licenses.read" },
    { title: "Create licenses from CSV", path: "/licenses/new/csv", action: "licenses.read" },
    { title: "Import licenses", path: "/licenses/import", action: "licenses.read" },
    { title: spaced(number), path: license, action: "usage.read" },
    { title: "Activation response", path: `${license}/activation`, action: "usage.read" },
    { title: "Keys", path: `${license}/keys`, action: "keys.read" },
    { title: "Issue a key", path: `${license}/keys/new`, action: "keys.read" },
    { title: "Definition", path: `${license}/definition`, action: "licenses.read" },
    { title: "Definition", path: `${license}/definition?as=json`, action: "licenses.read" },
    { title: "Capacity", path: `${license}/capacity`, action: "usage.read" },
    { title: "Who used it", path: `${license}/capacity/used-by`, action: "usage.read" },
    { title: "Reserved minutes", path: `${license}/capacity/reserved`, action: "usage.read" },
    { title: "Denied access", path: `${license}/capacity/denied`, action: "rejections.read" },
    { title: "Audit", path: `${license}/audit`, action: "audit.read" },
    { title: "Users", path: "/users", action: "assignments.read" },
    { title: subject, path: `/users/${number}/${instance}`, action: "assignments.read" },
    { title: "Alerts", path: "/alerts", action: "alerts.read" },
    { title: "Alert rules", path: "/alerts/rules", action: "alert-defaults.read" },
    { title: "Audit", path: "/audit", action: "audit.read" },
    { title: "Invitation", path: "/invite/nowhere", action: null },
    { title: "New password", path: "/recover/nowhere", action: null },
    { title: "Unsubscribe", path: "/unsubscribe/nowhere", action: null },
    { title: "Second factor", path: "/second-factor", action: "licenses.read" },
    { title: "Account", path: "/account", action: "licenses.read" },
    { title: "People and roles", path: "/people", action: "people.read" },
    { title: "Invite", path: "/people/invite", action: "people.read" },
    { title: "Signing keys", path: "/signing-keys", action: "signing-keys.read" },
    { title: "Webhooks", path: "/webhooks", action: "webhooks.read" },
    { title: "Create webhook", path: "/webhooks/new", action: "webhooks.read" },
    { title: "Data warehouse", path: `/webhooks/${webhook}`, action: "webhooks.read" },
    { title: "Edit webhook", path: `/webhooks/${webhook}/edit`, action: "webhooks.read" },
    { title: "Delivery", path: `/webhooks/${webhook}/deliveries/${delivery}`, action: "webhooks.read" },
    { title: "Directories", path: "/directories", action: "scim.read" },
    { title: "Connect directory", path: "/directories/new", action: "scim.read" },
    { title: "Entra ID", path: `/directories/${directory}`, action: "scim.read" },
    { title: "Edit directory", path: `/directories/${directory}/edit`, action: "scim.read" },
    { title: "API tokens", path: "/tokens", action: "tokens.read" },
    { title: "Create token", path: "/tokens/new", action: "tokens.read" },
    { title: "Assignments", path: `${license}/assignments`, action: "assignments.read" },
    { title: "Import", path: `${license}/assignments/import`, action: "assignments.read" },
    { title: "Reclaim", path: `${license}/assignments/reclaim`, action: "assignments.read" },
    { title: "Deployments", path: `${license}/deployments`, action: "deployments.read" },
    {
      title: "Signed definitions",
      path: `${license}/deployments/offline`,
      action: "checkouts.read",
    },
    {
      title: "Download signed definition",
      path: `${license}/deployments/offline/new`,
      action: "checkouts.read",
    },
    {
      title: "Upload offline logs",
      path: `${license}/deployments/offline/upload`,
      action: "deployments.read",
    },
    { title: "Settings", path: `${license}/settings`, action: "licenses.read" },
    { title: "Help", path: "/help", action: "licenses.read" },
    { title: "Network", path: "/help/network", action: "licenses.read" },
    { title: "Shortcuts", path: "/help/shortcuts", action: "licenses.read" },
    { title: "Terms", path: "/help/terms", action: "licenses.read" },
    { title: "Simulate", path: `${license}/simulate`, action: "licenses.simulate" },
  ];
}
