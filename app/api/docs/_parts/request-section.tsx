import type { Document, Method, Operation } from "@/api/documentation";
import { CallText } from "@/components/ui/call-text";
import { CopyButton } from "@/components/ui/copy-button";
import { Section } from "@/components/ui/section";
import { FieldList } from "./field-list";
import { curlOf } from "./request-example";
import styles from "./stack.module.css";

type Props = { document: Document; method: Method; path: string; operation: Operation };

const PLACES = { path: "Path", query: "Query", header: "Headers" } as const;

/** What an operation takes, and a call to copy. */
export function RequestSection({ document, method, path, operation }: Props) {
  const { parameters = [], requestBody } = operation;
  const call = curlOf(document, method, path, operation);
  const [body] = Object.values(requestBody?.content ?? {});
  return (
    <Section id="request" title="Request" actions={<CopyButton text={call}>Copy command</CopyButton>}>
      <CallText label="Command">{call}</CallText>
      {(["path", "query", "header"] as const).map((place) => {
        const some = parameters.filter((parameter) => parameter.in === place);
        if (some.length === 0) return null;
        const properties = Object.fromEntries(
          some.map(({ name, schema, description }) => [name, { description, ...schema }]),
        );
        const required = some.flatMap(({ name, required: isRequired }) => (isRequired ? name : []));
        return (
          <div key={place} className={styles.stack}>
            <h3>{PLACES[place]}</h3>
            <FieldList document={document} schema={{ properties, required }} />
          </div>
        );
      })}
      {body ? (
        <div className={styles.stack}>
          <h3>Body</h3>
          <FieldList document={document} schema={body.schema} />
        </div>
      ) : null}
    </Section>
  );
}
