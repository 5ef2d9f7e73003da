"use client";

import { IconBell } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import bar from "@/components/shell/bar-button.module.css";
import menu from "@/components/shell/person-menu.module.css";
import { untilLoaded } from "@/components/shell/until-loaded";
import styles from "./bell.module.css";
import { useAttention } from "./use-attention";

const PANEL = "bell";
const MOST = 99;

const BellPanel = dynamic(untilLoaded(() => import("./bell-panel").then((module) => module.BellPanel)));

/** The bell in the top bar: how many things need attention, and a menu of them. */
export function Bell() {
  const [isOpened, setOpened] = useState(false);
  const { data, isError } = useAttention();
  const count = (data?.needs ?? 0) + (data?.alerts ?? 0);
  return (
    <>
      <button
        type="button"
        className={bar.button}
        popoverTarget={PANEL}
        aria-label={count === 0 ? "Needs attention" : `Needs attention: ${count}`}
        onClick={() => setOpened(true)}
      >
        <IconBell size={18} stroke={1.75} aria-hidden />
        {count > 0 ? (
          <span className={styles.count} aria-hidden>
            {count > MOST ? `${MOST}+` : count}
          </span>
        ) : null}
      </button>
      <div id={PANEL} className={`${menu.menu} ${styles.panel}`} popover="auto">
        {isOpened ? <BellPanel attention={data} isError={isError} /> : null}
      </div>
    </>
  );
}
