import { defaultRangeExtractor, useWindowVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useRef, useState } from "react";

type Parts = {
  count: number;
  /** How high a row is, until it is measured. */
  rowPx: number;
  /** A row that stays drawn with its neighbours wherever the reader is, because it has the focus; -1 for none. */
  kept: number;
};

/** A drawn row, and how much room the rows take that are left out before it. */
export type DrawnRow = { at: number; gap: number };

/** Which rows of a long table are drawn: those near what the window shows. Each is given `measure` as its ref, with its index as `data-index`. */
export function useWindowRows({ count, rowPx, kept }: Parts) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [top, setTop] = useState(0);
  // What stands above the table may have grown: its place is looked up whenever it is drawn.
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
