import type { Metadata } from "next";
import { PageHead } from "@/components/shell/page-head";
import { Empty } from "@/components/ui/empty";
import { NewLink } from "@/components/ui/new-link";
import { whyNot } from "@/domain/roles";
import { allowedTo } from "@/server/identity/session";
import { customerChoices } from "@/server/licenses/customers";
import { listConnections } from "@/server/scim/connections";
import { WHOLE } from "@/server/store/cursor";
import styles from "./directories.module.css";
import { DirectoryTable } from "./directory-table";

export const metadata: Metadata = { title: "Directories" };

export default async function DirectoriesPage() {
  const who = await allowedTo("scim.read");
  const [{ items: connections }, customers] = await Promise.all([
    listConnections(who, WHOLE),
    customerChoices(who),
  ]);
  return (
    <>
      <PageHead title="Directories">
        <NewLink href="/directories/new" why={whyNot(who, "scim.write")}>
          Connect directory
        </NewLink>
      </PageHead>
      <p className={styles.lead}>
        A directory, such as Microsoft Entra ID or Okta, tells Signet who left. Leavers lose their seats, and
        members of a group can get one.
      </p>
      {connections.length > 0 ? (
        <DirectoryTable {...{ connections, customers }} now={new Date()} />
      ) : (
        <Empty title="No directories yet.">
          <p>Connect one, and seats of people who leave are released on the same day.</p>
        </Empty>
      )}
    </>
  );
}
