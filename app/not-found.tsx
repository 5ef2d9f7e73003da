import type { Metadata } from "next";
import { StandalonePage } from "@/components/shell/standalone-page";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <StandalonePage title="Page not found">
      <p>Check the address. It may be mistyped, or from another version of Signet.</p>
    </StandalonePage>
  );
}
