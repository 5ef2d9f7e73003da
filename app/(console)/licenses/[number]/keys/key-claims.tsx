import styles from "./key-claims.module.css";

/** The claims in a key, as a product reads them. */
export function KeyClaims({ kid, jti, license }: { kid: string; jti: string; license: string }) {
  return (
    <>
      <Json title="Header" of={{ alg: "RS512", typ: "JWT", kid }} />
      <Json title="Claims" of={{ jti, license }} />
    </>
  );
}

function Json({ title, of: value }: { title: string; of: object }) {
  return (
    <figure className={styles.json}>
      <figcaption>{title}</figcaption>
      <pre>
        <code>{JSON.stringify(value, null, 2)}</code>
      </pre>
    </figure>
  );
}
