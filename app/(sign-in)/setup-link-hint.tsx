import styles from "./sign-in.module.css";

/** Explains where the first owner finds the setup link. */
export function SetupLinkHint() {
  return (
    <ol className={styles.steps}>
      <li>Find the setup link in the output of the server. It was printed when the server started.</li>
      <li>Open it in this browser to create the first owner account.</li>
      <li>The link works once, for one hour. To get a new one, restart the server.</li>
    </ol>
  );
}
