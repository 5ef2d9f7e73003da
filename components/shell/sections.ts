import {
  IconApi,
  IconBellRinging,
  IconBuilding,
  IconHistory,
  IconHome,
  IconLicense,
  IconSignature,
  IconUserShare,
  IconUserShield,
  IconUsers,
  IconWebhook,
  type TablerIcon,
} from "@tabler/icons-react";
import type { Action } from "@/domain/roles";

export type Section = { href: string; name: string; Icon: TablerIcon; action: Action };

/** The sections of the navigation; a group is hidden if the person may see none of its sections. */
export const SECTIONS: { group: string | null; sections: Section[] }[] = [
  {
    group: null,
    sections: [
      { href: "/", name: "Overview", Icon: IconHome, action: "licenses.read" },
      { href: "/licenses", name: "Licenses", Icon: IconLicense, action: "licenses.read" },
      { href: "/customers", name: "Customers", Icon: IconBuilding, action: "customers.read" },
      { href: "/users", name: "Users", Icon: IconUsers, action: "assignments.read" },
      { href: "/alerts", name: "Alerts", Icon: IconBellRinging, action: "alerts.read" },
      { href: "/audit", name: "Audit", Icon: IconHistory, action: "audit.read" },
    ],
  },
  {
    group: "Installation",
    sections: [
      { href: "/people", name: "People and roles", Icon: IconUserShield, action: "people.read" },
      { href: "/signing-keys", name: "Signing keys", Icon: IconSignature, action: "signing-keys.read" },
      { href: "/webhooks", name: "Webhooks", Icon: IconWebhook, action: "webhooks.read" },
      { href: "/directories", name: "Directories", Icon: IconUserShare, action: "scim.read" },
      { href: "/tokens", name: "API tokens", Icon: IconApi, action: "tokens.read" },
    ],
  },
];
