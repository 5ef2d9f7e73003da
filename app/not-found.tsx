import type { Metadata } from "next";
import { Lonely } from "@/components/lonely";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <Lonely title="There is no such page">
      <p>The address may be mistyped, or from another version of Signet.</p>
    </Lonely>
  );
}
