import { IconBook, IconKeyboard, IconNetwork, type TablerIcon } from "@tabler/icons-react";

type HelpPage = { href: string; name: string; about: string; Icon: TablerIcon };

export const HELP_PAGES: readonly HelpPage[] = [
  {
    href: "/help/terms",
    name: "Terms",
    about: "The words of licensing, one plain meaning each.",
    Icon: IconBook,
  },
  {
    href: "/help/network",
    name: "Network",
    about: "Ports, proxies, and what is sent in clear, as this server is set.",
    Icon: IconNetwork,
  },
  {
    href: "/help/shortcuts",
    name: "Shortcuts",
    about: "What keys do, and how to switch single ones off.",
    Icon: IconKeyboard,
  },
];
