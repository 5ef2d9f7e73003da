"use client";

import dynamic from "next/dynamic";
import { usePathname, useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { TABS } from "@/app/(console)/licenses/[number]/license-tabs";
import { switchedPath } from "@/app/(console)/switch/switched-path";
import { useAnnounce } from "@/components/shell/announcer";
import { besideInList, endText, stepOf } from "@/components/shell/list-steps";
import { useRowKeys } from "@/components/shell/row-keys";
import { keysFor } from "@/components/shell/shortcuts";
import { useSingleKeys } from "@/components/shell/single-keys";
import { untilLoaded } from "@/components/shell/until-loaded";
import { copyText } from "@/components/ui/copy-text";
import { Dialog } from "@/components/ui/dialog";
import { formatLicenseNumber, parseLicenseNumber } from "@/domain/licenses/license-number";
import { type Role, rightOf } from "@/domain/roles";
import { useSubmitKey } from "./submit-key";

const ShortcutList = dynamic(
  untilLoaded(() => import("@/components/shell/shortcut-list").then((module) => module.ShortcutList)),
);

const SEQUENCE_MS = 1500;

/**
 * The keys that work on every page: `?`, `/`, `n`, `g` and a letter, those of rows and forms, and those of a license.
 */
export function GlobalKeys({ role }: { role: Role }) {
  const [isHelpOpen, setHelpOpen] = useState(false);
  const began = useRef(0);
  const router = useRouter();
  const onLicense = useLicenseKeys(role);
  useRowKeys();
  useSubmitKey();
  useSingleKeys((key) => {
    const isSecond = Date.now() - began.current < SEQUENCE_MS;
    began.current = key === "g" && !isSecond ? Date.now() : 0;
    const section = isSecond
      ? keysFor(({ action }) => rightOf(role, action) !== "hidden").get(key)
      : undefined;
    if (section) router.push(section.href);
    else if (key === "?") setHelpOpen(true);
    else if (key === "/") return goToSearch();
    else if (key === "n") return goToNew();
    else return !isSecond && onLicense(key);
    return true;
  });
  return (
    <Dialog opened={isHelpOpen} onClose={() => setHelpOpen(false)} title="Shortcuts" size="lg">
      <ShortcutList role={role} />
    </Dialog>
  );
}

function useLicenseKeys(role: Role): (key: string) => boolean {
  const path = usePathname();
  const router = useRouter();
  const announce = useAnnounce();
  const number = parseLicenseNumber(path.split("/")[2] ?? "");
  const goBeside = (from: string, step: 1 | -1) => {
    if (new URLSearchParams(location.search).has("open")) return false; // an open panel steps through its own list
    const to = besideInList(from, step);
    if (to) router.push(switchedPath(path, location.search, to));
    else announce(to === null ? endText(step) : "This license is not in the list you came from.");
    return true;
  };
  const tabs = TABS.filter(({ action }) => rightOf(role, action) !== "hidden");
  return (key) => {
    const step = stepOf(key);
    if (number && step) return goBeside(number, step);
    const tab = tabs[Number(key) - 1];
    if (!number || (!tab && key !== "y")) return false;
    if (tab) router.push(`/licenses/${number}${tab.segment}`);
    else void copyText(number, document.body).then((done) => announce(saidOf(number, done)));
    return true;
  };
}

function saidOf(number: string, isCopied: boolean): string {
  return isCopied ? `Copied ${formatLicenseNumber(number)}` : "The license number was not copied.";
}

/** Follows the page's link to create an entry of its list. */
function goToNew(): boolean {
  const link = document.querySelector<HTMLAnchorElement>("main a[data-new]");
  link?.click();
  return link !== null;
}

function goToSearch(): boolean {
  const search = document.querySelector<HTMLInputElement>("main input[type=search]");
  search?.focus();
  search?.select();
  return search !== null;
}
