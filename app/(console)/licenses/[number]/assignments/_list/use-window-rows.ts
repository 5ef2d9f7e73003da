import { defaultRangeExtractor, useWindowVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useRef, useState } from "react";

type Parts = {
  count: number;
  /** The estimated height of a row until it is measured. */
  rowPx: number;
  /** The focused row, which stays drawn with its neighbors wherever the reader scrolls; -1 for none. */
  kept: number;
};

/** A drawn row, and the height of the rows omitted before it. */
export type DrawnRow = { at: number; gap: number };

/**
 * The rows of a long table that are near the visible part. Each row gets `measure` as its ref and its index as
 * `data-index`.
 */
export function useWindowRows({ count, rowPx, kept }: Parts) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [top, setTop] = useState(0);
  // Content above the table may have grown, so its position is measured on every render.
  useLayoutEffect(() => {
    const place = body.current?.getBoundingClientRect().top ?? 0;
    setTop(Math.round(place + window.scrollY));
  });
  const virtual = useWindowVirtualizer({
    count,
    estimateSize: () => rowPx,
    overscan: 12,
    scrollMargin: top,
    rangeExtractor: (range) => {
      const near = defaultRangeExtractor(range);
      if (kept < 0) return near;
      const beside = [kept - 1, kept, kept + 1].filter((at) => at >= 0 && at < count);
      return [...new Set([...near, ...beside])].sort((a, b) => a - b);
    },
  });
  let end = top;
  const drawn = virtual.getVirtualItems().map((item): DrawnRow => {
    const gap = Math.max(0, item.start - end);
    end = item.end;
    return { at: item.index, gap };
  });
  const below = Math.max(0, virtual.getTotalSize() + top - end);
  return { body, drawn, below, measure: virtual.measureElement };
}
