import { IconDots } from "@tabler/icons-react";
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from "react";
import { useAnnounce } from "@/components/shell/announcer";
import { usePreferences } from "@/components/shell/preferences-provider";
import { copyText } from "@/components/ui/copy-text";
import { hashIn, shownSubject } from "@/domain/offline/hashed-subject";
import type { SeatRow } from "./listed-seats";
import styles from "./row-menu.module.css";

type Props = {
  seat: SeatRow;
  /** Why nothing can be changed; null if it can. */
  why: string | null;
  open(): void;
  convert(): void;
  release(): void;
  link(): void;
  same(): void;
};

type Item = { id: string; name: string; key?: string; why?: string | null; stays?: true; act(): void };

/** The actions for one seat, whatever is selected. It shows the same keys as the list. */
export function RowMenu({ seat, why, open, convert, release, link, same }: Props) {
  const { instance, subject, isTwice } = seat;
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [copied, setCopied] = useState("");
  const { singleKeys } = usePreferences();
  const announce = useAnnounce();
  const id = `more-${instance}`;
  useLayoutEffect(() => {
    if (!isOpen || !menu.current || !button.current) return;
    positionOf(menu.current, button.current);
    stepFocus(menu.current, 1);
  }, [isOpen]);
  const copy = async () => {
    const isCopied = button.current && (await copyText(subject, button.current));
    const words = isCopied ? "Copied" : "Not copied";
    setCopied(words);
    announce(words);
  };
  const items: Item[] = [
    { id: "open", name: "Open", act: open },
    ...(hashIn(subject) ? [{ id: "link", name: "Link to a user…", why, act: link }] : []),
    ...(isTwice ? [{ id: "same", name: "Same user…", why, act: same }] : []),
    { id: "convert", name: "Convert…", key: "v", why, act: convert },
    { id: "release", name: "Release", key: "r", why, act: release },
    { id: "copy", name: copied || "Copy user", stays: true, act: copy },
  ];
  const choose = (item: Item | undefined) => {
    if (!item || item.why) return;
    if (!item.stays) menu.current?.hidePopover();
    item.act();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    const isLetter = event.key.length === 1 && event.key !== " ";
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Tab" || event.key === "Escape") menu.current?.hidePopover();
    if (step) stepFocus(event.currentTarget, step);
    if (isLetter && singleKeys) choose(items.find(({ key }) => key === event.key));
    if (isLetter || step || event.key === "Escape") event.preventDefault();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className={styles.open}
        popoverTarget={id}
        aria-haspopup="menu"
        aria-label={`More for ${shownSubject(subject)}`}
      >
        <IconDots size={18} stroke={1.75} aria-hidden />
      </button>
      <div
        ref={menu}
        id={id}
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-label={shownSubject(subject)}
        className={styles.menu}
        data-shown={isOpen}
        onToggle={({ newState }) => {
          setOpen(newState === "open");
          setCopied("");
        }}
        onKeyDown={onKeyDown}
      >
        {isOpen
          ? items.map((item) => (
              <button
                key={item.id}
                type="button"
                role="menuitem"
                tabIndex={-1}
                className={styles.item}
                aria-disabled={Boolean(item.why)}
                aria-description={item.why ?? undefined}
                title={item.why ?? undefined}
                onClick={() => choose(item)}
              >
                {item.name}
                {item.key && singleKeys ? <kbd aria-hidden>{item.key.toUpperCase()}</kbd> : null}
              </button>
            ))
          : null}
      </div>
    </>
  );
}

const GAP_PX = 4;

/** Positions the menu below its button, or above it near the end of the window. The menu scrolls with the page. */
function positionOf(menu: HTMLElement, button: HTMLElement): void {
  const { top, bottom, right } = button.getBoundingClientRect();
  const { height, width } = menu.getBoundingClientRect();
  const isAbove = bottom + GAP_PX + height > window.innerHeight;
  const y = isAbove ? top - GAP_PX - height : bottom + GAP_PX;
  menu.style.top = `${y + window.scrollY}px`;
  menu.style.left = `${right - width + window.scrollX}px`;
}

function stepFocus(menu: HTMLElement, step: number): void {
  const items = [...menu.querySelectorAll<HTMLElement>("[role=menuitem]")];
  const here = items.findIndex((item) => item.matches(":focus"));
  items.at((here + step) % items.length)?.focus({ preventScroll: true });
}
