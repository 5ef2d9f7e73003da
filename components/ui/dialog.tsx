"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { untilLoaded } from "@/components/shell/until-loaded";
import type { DialogProps } from "./dialog-frame";

const DialogFrame = dynamic(
  untilLoaded(() => import("./dialog-frame").then((module) => module.DialogFrame)),
  {
    ssr: false,
  },
);

/** A dialog over the page, loaded when it first opens. Focus goes to `data-autofocus`, and back to where it was. */
export function Dialog(parts: DialogProps) {
  const [isNeeded, setNeeded] = useState(parts.opened);
  if (parts.opened && !isNeeded) setNeeded(true);
  return isNeeded ? <DialogFrame {...parts} /> : null;
}
