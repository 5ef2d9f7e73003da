"use client";

import { IconSelector } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { type ToggleEvent, useId, useRef, useState } from "react";
import { untilLoaded } from "@/components/shell/until-loaded";
import styles from "./switcher.module.css";

const SwitchPanel = dynamic(
  untilLoaded(() => import("./switch-panel").then((module) => module.SwitchPanel)),
  {
    ssr: false,
  },
);

type Props = {
  /** The first list: all customers, or the licenses of the current one. */
  level: "customers" | "licenses";
  customer: { id: string; name: string };
  /** The license of the page; null on a customer's page, which switches to another customer. */
  number: string | null;
  otherCustomers: boolean;
};

/** Switches to the same page of another customer or license. */
export function Switcher({ level, ...place }: Props) {
  const id = useId();
  const [openings, setOpenings] = useState(0);
  const [isOpen, setOpen] = useState(false);
  const panel = useRef<HTMLDivElement>(null);
  const onToggle = ({ newState }: ToggleEvent) => {
    setOpen(newState === "open");
    if (newState === "open") setOpenings(openings + 1);
  };
  return (
    <>
      <button
        type="button"
        className={styles.open}
        data-level={level}
        popoverTarget={id}
        aria-expanded={isOpen}
        aria-label={level === "customers" ? "Switch customer" : "Switch license"}
      >
        <IconSelector size={15} stroke={2} aria-hidden />
      </button>
      <div ref={panel} id={id} className={styles.panel} data-level={level} popover="auto" onToggle={onToggle}>
        {isOpen ? (
          <SwitchPanel key={openings} {...place} level={level} close={() => panel.current?.hidePopover()} />
        ) : null}
      </div>
    </>
  );
}
