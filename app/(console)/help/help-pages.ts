import {
  IconApi,
  IconBook,
  IconFlask,
  IconKeyboard,
  IconListCheck,
  IconNetwork,
  type TablerIcon,
} from "@tabler/icons-react";

type HelpPage = { href: string; name: string; about: string; Icon: TablerIcon };

/** The parts of the page about help itself, which the palette finds too. */
export const HELP_SECTIONS = [
  { href: "/help#first-steps", name: "First steps", Icon: IconListCheck },
  { href: "/help#sample-data", name: "Sample data", Icon: IconFlask },
] as const;

export const HELP_PAGES: readonly HelpPage[] = [
  {
    href: "/help/terms",
    name: "Terms",
    about: "Licensing terms, each explained in one sentence.",
    Icon: IconBook,
  },
  {
    href: "/api/docs",
    name: "API",
    about: "Every operation of the APIs, with its fields, a command to copy, and how it refuses.",
    Icon: IconApi,
  },
  {
    href: "/help/network",
    name: "Network",
    about: "Ports, proxies, outgoing requests and unencrypted traffic, as this server is configured.",
    Icon: IconNetwork,
  },
  {
    href: "/help/shortcuts",
    name: "Shortcuts",
    about: "Keyboard shortcuts, and how to turn off single-key ones.",
    Icon: IconKeyboard,
  },
];
