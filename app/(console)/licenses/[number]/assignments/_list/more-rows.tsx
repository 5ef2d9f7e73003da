import { useEffect, useRef } from "react";

/** Stands at the end of a list and asks for more of it before the reader gets there. */
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
