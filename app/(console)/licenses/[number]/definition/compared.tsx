import { Card } from "@/components/card";
import { ChangeTable } from "@/components/change-table";
import { changesWords } from "@/components/definition-words";
import type { Definition } from "@/domain/definition";
import { definitionChanges } from "@/domain/definition-changes";

type Parts = { before: Definition; version: string; after: Definition };

/** An earlier definition beside the one in force. */
export function Compared({ before, version, after }: Parts) {
  const changes = definitionChanges(before, after);
  return (
    <Card title={`From ${version} to the one in force`} hint={changesWords(changes)}>
      {changes.length > 0 ? (
        <ChangeTable caption="What changed" changes={changes} beforeName={version} afterName="In force" />
      ) : null}
    </Card>
  );
}
