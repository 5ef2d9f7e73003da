import { createPrivateKey, X509Certificate } from "node:crypto";

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----[^-]+-----END \1-----/g;
const CERTIFICATE = /^(?:X509 |TRUSTED )?CERTIFICATE$/;

/** The CA certificates of a file in PEM or DER, as PEM. Throws why the file can't be used, and what to do. */
export function caCertificates(bytes: Buffer): string {
  const certificates = certificatesIn(bytes);
  if (!certificates.some((each) => each.ca || each.checkIssued(each)))
    throw new Error(
      "it holds the certificate of a server, not that of the CA that signed it. Ask for the CA's certificate",
    );
  return certificates.map(String).join("");
}

/** The certificates of a file in PEM or DER. Throws why it has none, and what to do. */
export function certificatesIn(bytes: Buffer): X509Certificate[] {
  if (bytes.length === 0) throw new Error("it is empty");
  const text = textOf(bytes);
  const blocks = [...text.matchAll(BLOCK)].map(([block, label = ""]) => ({ block, label }));
  const pem = blocks.filter(({ label }) => CERTIFICATE.test(label));
  if (pem.length > 0)
    return pem.map(({ block }, i) => parsed(block, `certificate ${i + 1} in it is damaged`));
  if (text.includes("-----BEGIN")) throw new Error(whyNoCertificate(text, blocks[0]?.label));
  return [parsed(bytes, whyNotDer(bytes))];
}

/** Windows writes UTF-16 if a command's output is redirected into a file. */
function textOf(bytes: Buffer): string {
  return bytes.toString(bytes[0] === 0xff && bytes[1] === 0xfe ? "utf16le" : "latin1");
}

function parsed(certificate: string | Buffer, reason: string): X509Certificate {
  try {
    return new X509Certificate(certificate);
  } catch {
    throw new Error(reason);
  }
}

function whyNoCertificate(text: string, label: string | undefined): string {
  if (!label) return "it is cut off or damaged: a block of PEM in it has no end";
  if (/PRIVATE KEY/.test(text)) return "it holds a private key, not a certificate";
  if (label === "PKCS7" || label === "CMS")
    return "it is PKCS #7. Convert it with: openssl pkcs7 -print_certs -in FILE -out ca.pem";
  return `it holds a ${label.toLowerCase()}, not a certificate`;
}

const SEQUENCE = 0x30;

function whyNotDer(bytes: Buffer): string {
  if (bytes[0] !== SEQUENCE) return "it is neither PEM nor DER";
  if (isPrivateKey(bytes)) return "it holds a private key, not a certificate";
  return "it is DER, but no certificate. Convert PKCS #12 with: openssl pkcs12 -nokeys -in FILE -out ca.pem, and PKCS #7 with: openssl pkcs7 -inform der -print_certs -in FILE -out ca.pem";
}

function isPrivateKey(key: Buffer): boolean {
  return (["pkcs8", "pkcs1", "sec1"] as const).some((type) => {
    try {
      return Boolean(createPrivateKey({ key, format: "der", type }));
    } catch {
      return false;
    }
  });
}
