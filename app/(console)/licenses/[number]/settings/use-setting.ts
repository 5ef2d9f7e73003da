"use client";

import { useState, useTransition } from "react";
import type { RefusalNotice } from "@/components/forms/refusal-notice";
import { orUnanswered } from "@/components/forms/unanswered";
import { useChanges } from "@/components/shell/changes";
import type { LicenseSettings } from "@/server/licenses/license";
import { changeSettings } from "./actions";

/**
 * Saves settings of a license immediately, if they still have the values that were shown. Changes can be undone; a
 * refusal is shown beside the setting.
 */
export function useSetting(number: string) {
  const { did } = useChanges();
  const [refused, setRefused] = useState<RefusalNotice | null>(null);
  const [isPending, startTransition] = useTransition();
  const save = (
    settings: Partial<LicenseSettings>,
    seen: Partial<LicenseSettings>,
    words: string,
    paint: () => void = () => {},
  ) =>
    startTransition(async () => {
      paint();
      const result = await orUnanswered(changeSettings(number, settings, seen));
      setRefused(result.ok ? null : result.refused);
      if (result.ok) did({ words, undo: { license: number, sealed: result.did.undo } });
    });
  return { refused, isPending, save };
}
