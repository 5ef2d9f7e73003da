import type { Metadata } from "next";
import { RunWork } from "@/app/(console)/licenses/_run/run-work";
import styles from "@/app/(console)/licenses/new/page.module.css";
import { PageHead } from "@/components/shell/page-head";
import { whyNot } from "@/domain/roles";
import { allowedTo } from "@/server/identity/session";
import { cancelImport } from "./actions";

export const metadata: Metadata = { title: "Import licenses" };

export default async function ImportLicensesPage() {
  const who = await allowedTo("licenses.read");
  return (
    <>
      <PageHead title="Import licenses" />
      <p className={styles.hint}>
        Creates many legacy licenses with their control numbers from a CSV file. The first row names the
        columns, in any order: number, control and customer, and if you have them product, level,
        professional, analyzer, from, until and maintenance.
      </p>
      <RunWork
        path="/licenses/import"
        cancelRun={cancelImport}
        words={{ noun: "Import", act: "Import", doing: "Importing" }}
        why={whyNot(who, "legacy.import")}
      />
    </>
  );
}
