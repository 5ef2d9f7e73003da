import type { Metadata } from "next";
import { PageHead } from "@/components/shell/page-head";
import { ShortcutList } from "@/components/shell/shortcut-list";
import { principal } from "@/server/identity/session";

export const metadata: Metadata = { title: "Shortcuts" };

export default async function ShortcutsPage() {
  const { role } = await principal();
  return (
    <>
      <PageHead title="Shortcuts" />
      <ShortcutList role={role} />
    </>
  );
}
