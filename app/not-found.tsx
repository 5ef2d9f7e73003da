import type { Metadata } from "next";
import { Lonely } from "@/components/shell/standalone-page";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <Lonely title="Page not found">
      <p>Check the address. It may be mistyped, or from another version of Signet.</p>
    </Lonely>
  );
}
