import type { Metadata } from "next";
import { documentation, operationsOf } from "@/api/documentation";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { DocsFrame, idOf } from "./_parts/docs-frame";
import { Marked } from "./_parts/marked";
import { OperationName } from "./_parts/operation-name";
import styles from "./page.module.css";

export const metadata: Metadata = { title: "API" };

/** Every operation of the APIs by group, from the OpenAPI document. */
export default function ApiPage() {
  const document = documentation();
  const operations = operationsOf(document);
  const groups = document.tags.flatMap((tag) => {
    const some = operations.filter(({ operation }) => operation.tags?.includes(tag.name));
    return some.length > 0 ? [{ ...tag, some }] : [];
  });
  return (
    <DocsFrame title="API">
      <Marked of={document.info.description} />
      <nav aria-label="Groups">
        <ul className={styles.groups}>
          {groups.map(({ name }) => (
            <li key={name}>
              <a href={`#${idOf(name)}`}>{name}</a>
            </li>
          ))}
        </ul>
      </nav>
      {groups.map(({ name, description, some }) => (
        <Section key={name} id={idOf(name)} title={name} hint={description}>
          <ul className={styles.operations}>
            {some.map(({ method, path, operation: { operationId, summary } }) => (
              <li key={operationId}>
                <Link href={`/api/docs/${operationId}`}>{summary}</Link>
                <OperationName method={method} path={path} />
              </li>
            ))}
          </ul>
        </Section>
      ))}
    </DocsFrame>
  );
}
