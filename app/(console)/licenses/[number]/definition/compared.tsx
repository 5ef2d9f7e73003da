import { changesText } from "@/components/text/definition-labels";
import { Card } from "@/components/ui/card";
import { ChangeTable } from "@/components/ui/change-table";
import type { Definition } from "@/domain/licenses/definition";
import { definitionChanges } from "@/domain/licenses/definition-changes";

type Props = { before: Definition; version: string; after: Definition };

/** Compares an earlier definition with the one in force. */
export function Compared({ before, version, after }: Props) {
  const changes = definitionChanges(before, after);
  return (
    <Card title={`From ${version} to the one in force`} hint={changesText(changes)}>
      {changes.length > 0 ? (
        <ChangeTable caption="Differences" changes={changes} beforeName={version} afterName="In force" />
      ) : null}
    </Card>
  );
}
