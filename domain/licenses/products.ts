/** The codes of the products that activate with licenses; a license can have any other one too. */
export const KNOWN_PRODUCTS = ["QSEfW", "QCS", "QSEfE", "QV"] as const;
