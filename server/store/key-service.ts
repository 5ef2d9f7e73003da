/**
 * A key service outside of Signet (KMS) that encrypts the secret of the installation by a key that never leaves it.
 * `decrypt` returns the secret, and throws one sentence that names what is wrong.
 */
export type KeyService = { decrypt(ciphertext: string): Promise<Buffer> };
