import {
  IconArrowRight,
  IconBook,
  IconCopy,
  IconLogin2,
  IconPlus,
  IconPointer,
  IconSettings,
} from "@tabler/icons-react";
import { HELP_PAGES, HELP_SECTIONS } from "@/app/(console)/help/help-pages";
import { TABS } from "@/app/(console)/licenses/[number]/license-tabs";
import { SECTIONS } from "@/components/shell/sections";
import { TERMS } from "@/components/text/terms";
import { copyText } from "@/components/ui/copy-text";
import { formatLicenseNumber, parseLicenseNumber } from "@/domain/licenses/license-number";
import { type Action, type Role, rightOf } from "@/domain/roles";
import type { Entry } from "./entries";

type Making = { href: string; name: string; hint?: string; action: Action };
const ACCOUNT = { href: "/account", name: "Account and preferences", Icon: IconSettings };

type Place = { role: Role; license: string | null };

/** Things that can be created from any page. */
const MAKINGS: Making[] = [
  { href: "/licenses/new", name: "New license", action: "licenses.write" },
  { href: "/licenses/new/csv", name: "Many licenses from CSV", action: "licenses.write" },
  { href: "/customers/new", name: "New customer", action: "customers.write" },
  { href: "/people/invite", name: "Invite a person", action: "people.write" },
  { href: "/webhooks/new", name: "New webhook", action: "webhooks.write" },
  { href: "/tokens/new", name: "New API token", action: "tokens.write" },
];

const makingsOf = (license: string): Making[] => [
  { href: `/licenses/${license}/keys/new`, name: "Issue a key", hint: OF_THIS, action: "keys.issue" },
  { href: `/licenses/new?copy=${license}`, name: "New license like this one", action: "licenses.write" },
];

/** Entries that need no server: pages, the buttons of this page, things to create and to copy. */
export function ownEntries({ role, license }: Place): Entry[] {
  const may = (action: Action) => rightOf(role, action) !== "hidden";
  const sections = SECTIONS.flatMap(({ sections: of }) => of).filter(({ action }) => may(action));
  const makings = [...(license ? makingsOf(license) : []), ...MAKINGS].filter(
    ({ action }) => rightOf(role, action) === "yes",
  );
  return [
    ...(license ? licenseEntries(license, role) : []),
    ...makings.map(
      ({ href, name, hint }): Entry => ({ ...goTo(href, name, IconPlus, hint), group: "Create" }),
    ),
    ...[...sections, ACCOUNT, ...(seesBeginnings(role) ? HELP_SECTIONS : []), ...HELP_PAGES].map(
      ({ href, name, Icon }) => goTo(href, name, Icon),
    ),
  ];
}

/** Whether a person sees how far the installation has got: license admins see a part of it. */
function seesBeginnings(role: Role): boolean {
  return rightOf(role, "installation-audit.read") !== "hidden";
}

/**
 * Definitions of terms. They appear only when the person types a term, because nobody opens the palette to read all of
 * them.
 */
export function termEntries(): Entry[] {
  return TERMS.map(({ id, name, means }) => ({
    id: `term ${id}`,
    group: "Terms",
    name,
    hint: means,
    Icon: IconBook,
    href: `/help/terms#${id}`,
  }));
}

/** A complete license number links to its license before the server has responded. */
export function jumpEntries(text: string): Entry[] {
  const number = parseLicenseNumber(text.trim());
  if (!number) return [];
  const name = `License ${formatLicenseNumber(number)}`;
  return [{ id: `jump ${number}`, group: "Go to", name, Icon: IconLogin2, href: `/licenses/${number}` }];
}

/** The buttons of the page, each once; choosing an entry presses its button. */
export function pageEntries(): Entry[] {
  const pressed = new Map<string, HTMLElement>();
  for (const element of document.querySelectorAll<HTMLElement>(BUTTONS)) {
    // biome-ignore lint/performance/useDomNodeTextContent: hidden text of a button is not part of its name
    const name = element.getAttribute("aria-label") ?? element.innerText.trim();
    if (name && element.checkVisibility() && !pressed.has(name)) pressed.set(name, element);
  }
  return [...pressed].slice(0, MOST_OF_PAGE).map(([name, press]) => ({
    id: `press ${name}`,
    group: "On this page",
    name,
    Icon: IconPointer,
    press,
  }));
}

const OF_THIS = "of this license";
const MOST_OF_PAGE = 24;
const BUTTONS = ["button", "a.mantine-Button-root", "a[data-new]", "a[download]"]
  .map((kind) => `main ${kind}:not(main :is(table, nav, [popover], [role=dialog]) *, [aria-disabled=true])`)
  .join(", ");

function licenseEntries(number: string, role: Role): Entry[] {
  const name = formatLicenseNumber(number);
  const tabs = TABS.filter(({ action }) => rightOf(role, action) !== "hidden");
  return [
    ...tabs.map((tab) => goTo(`/licenses/${number}${tab.segment}`, tab.name, IconArrowRight, OF_THIS)),
    ...(rightOf(role, "licenses.simulate") === "yes"
      ? [goTo(`/licenses/${number}/simulate`, "Simulate a deployment", IconArrowRight, OF_THIS)]
      : []),
    copyEntry("Copy the license number", number, name),
  ];
}

function goTo(href: string, name: string, Icon: Entry["Icon"], hint?: string): Entry {
  return { id: `go ${href}`, group: "Go to", name, hint, Icon, href };
}

/** `hint` is the copied text as people read it. */
export function copyEntry(name: string, text: string, hint: string): Entry {
  return { id: `copy ${text}`, group: "Copy", name, hint, Icon: IconCopy, run: () => copied(text, hint) };
}

async function copied(text: string, shown: string): Promise<string> {
  const near = document.activeElement;
  const isCopied = near instanceof HTMLElement && (await copyText(text, near));
  return isCopied ? `Copied ${shown}` : `Not copied. Select it and copy it manually: ${shown}`;
}
