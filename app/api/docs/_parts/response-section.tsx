import type { Document, Operation } from "@/api/documentation";
import { CallText } from "@/components/ui/call-text";
import { Section } from "@/components/ui/section";
import { FieldList } from "./field-list";
import { exampleText } from "./request-example";
import styles from "./stack.module.css";

/** What comes back if an operation isn't refused. */
export function ResponseSection({ document, operation }: { document: Document; operation: Operation }) {
  const responses = Object.entries(operation.responses).filter(([, response]) => !response["x-codes"]);
  return (
    <Section id="response" title="Response">
      {responses.map(([status, { description, content = {}, headers = {} }]) => (
        <div key={status} className={styles.stack}>
          <h3>
            {status} {description}
          </h3>
          <FieldList document={document} schema={{ properties: headersOf(headers) }} />
          {Object.entries(content).map(([media, body]) => (
            <div key={media} className={styles.stack}>
              <CallText label={`Example, ${media}`}>{exampleText(document, body)}</CallText>
              <FieldList document={document} schema={body.schema} />
            </div>
          ))}
        </div>
      ))}
    </Section>
  );
}

/** The headers of one operation; those of every limited one are described once, on the first page. */
function headersOf(headers: Operation["responses"][string]["headers"] = {}) {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, header]) =>
      "schema" in header ? [[name, { description: header.description, ...header.schema }]] : [],
    ),
  );
}
