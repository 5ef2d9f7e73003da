import type { Exchange } from "@/api/product/simulation";
import styles from "./simulation.module.css";

/** One request and its response. */
export function ExchangeView({ of: { request, answer } }: { of: Exchange }) {
  return (
    <article className={styles.exchange}>
      <h3>
        {request.method} {request.path} <span>{answer.status}</span>
      </h3>
      <div className={styles.sides}>
        <Message title="Request" headers={request.headers} body={request.body} />
        <Message title="Reply" headers={answer.headers} body={answer.body} />
      </div>
    </article>
  );
}

function Message({
  title,
  headers,
  body,
}: {
  title: string;
  headers: Record<string, string>;
  body: unknown;
}) {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return (
    <figure className={styles.message}>
      <figcaption>{title}</figcaption>
      <pre>
        <code>{[...lines, "", JSON.stringify(body, null, 2)].join("\n")}</code>
      </pre>
    </figure>
  );
}
