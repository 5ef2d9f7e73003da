import { IconBuilding, IconHistory, IconHome, IconLicense, type TablerIcon } from "@tabler/icons-react";
import type { Action } from "@/domain/roles";

export type Section = { href: string; name: string; Icon: TablerIcon; action: Action };

/** What the rail leads to, for those who may see it; a group of which nothing is seen is not there. */
export const SECTIONS: { group: string | null; sections: Section[] }[] = [
  {
    group: null,
    sections: [
      { href: "/", name: "Overview", Icon: IconHome, action: "licenses.read" },
      { href: "/licenses", name: "Licenses", Icon: IconLicense, action: "licenses.read" },
      { href: "/customers", name: "Customers", Icon: IconBuilding, action: "customers.read" },
      { href: "/audit", name: "Audit", Icon: IconHistory, action: "audit.read" },
    ],
  },
  { group: "Installation", sections: [] },
];
