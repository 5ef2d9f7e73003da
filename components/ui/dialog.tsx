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

/** A dialog that is loaded when it first opens. The focus goes to `data-autofocus`, and back when the dialog closes. */
export function Dialog(parts: DialogProps) {
  const [isNeeded, setNeeded] = useState(parts.opened);
  if (parts.opened && !isNeeded) setNeeded(true);
  return isNeeded ? <DialogFrame {...parts} /> : null;
}
