// biome-ignore lint/style/noRestrictedImports: only this file may import it
import NextLink from "next/link";
import type { ComponentProps } from "react";

/**
 * A link within the console without prefetching: every page is rendered per request, so prefetched content would be
 * useless, and a license's page would cause forty requests.
 */
export function Link(props: Omit<ComponentProps<typeof NextLink>, "prefetch">) {
  return <NextLink {...props} prefetch={false} />;
}
