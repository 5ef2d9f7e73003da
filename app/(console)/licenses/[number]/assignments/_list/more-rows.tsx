import { useEffect, useRef } from "react";

/** Loads more rows shortly before the reader reaches the end of the list. */
export function MoreRows({
  hasMore,
  isLoading,
  load,
}: {
  hasMore: boolean;
  isLoading: boolean;
  load(): void;
}) {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!end.current || !hasMore || isLoading) return;
    const eye = new IntersectionObserver((seen) => seen.at(-1)?.isIntersecting && load(), {
      rootMargin: "1200px",
    });
    eye.observe(end.current);
    return () => eye.disconnect();
  }, [hasMore, isLoading, load]);
  return <div ref={end} />;
}
