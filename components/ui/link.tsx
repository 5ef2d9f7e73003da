// biome-ignore lint/style/noRestrictedImports: this is the one place.
import NextLink from "next/link";
import type { ComponentProps } from "react";

/**
 * A link within the console. It fetches nothing before it is followed: every page is made for one request, so what can
 * be fetched ahead shows nothing, and a page of a license would ask the server for forty others.
 */
export function Link(props: Omit<ComponentProps<typeof NextLink>, "prefetch">) {
  return <NextLink {...props} prefetch={false} />;
}
