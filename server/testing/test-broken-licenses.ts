import { type Broken, broken, NUMBER } from "./test-broken-rule";

/** Licenses, their definitions, keys and checkouts. */
export const BROKEN_LICENSES: readonly Broken[] = [
  broken(
    "definitions-in-force",
    "a license that names another version than its definition's",
    /^\d{16}$/,
    "UPDATE license SET version = reverse(version)",
  ),
  broken(
    ["definitions-in-force", "encryption", "rejections", "subjects"],
    "a license with one data key",
    /^\d{16}$/,
    "DELETE FROM data_key WHERE purpose = 'mac' AND scope IN (SELECT license FROM control_number)",
  ),
  broken(
    "allotment-products",
    "an allotment that lost the product that it is for",
    NUMBER,
    "UPDATE allotment SET products = '{QV}' WHERE key = 'analyzer'",
  ),
  broken(
    "allotments",
    "an allotment of another usage class",
    /^\d{16} professional$/,
    "UPDATE allotment SET class = 'time' WHERE key = 'professional'",
  ),
  broken(
    "active-signing-key",
    "an installation without an active signing key",
    /^signing keys$/,
    "UPDATE signing_key SET status = 'retired', retired_at = created_at",
  ),
  broken(
    ["signing-keys", "encryption"],
    "a retired signing key without its time",
    /^[0-9a-f-]{36}$/,
    "INSERT INTO signing_key SELECT gen_random_uuid(), 'retired', public_key, private_key, created_at FROM signing_key",
  ),
  broken(
    "known-licenses",
    "a deployment of no license",
    /^deployment 9999999999999999$/,
    "UPDATE deployment SET license = '9999999999999999'",
  ),
  broken(
    "known-licenses",
    "a token of no license",
    /^api_token 9999999999999999$/,
    "UPDATE api_token SET license = '9999999999999999'",
  ),
  broken(
    "latest-definitions",
    "a definition that is newer than the one in force",
    /^\d{16} [0-9a-f-]{36}$/,
    `INSERT INTO definition SELECT gen_random_uuid(), license, version, effective_from + interval '1 day', content
       FROM definition LIMIT 1`,
  ),
  broken(
    "latest-definitions",
    "a correction of a definition of nowhere",
    /^\d{16} [0-9a-f-]{36}$/,
    "UPDATE definition SET corrects = gen_random_uuid()",
  ),
  broken(
    "license-columns",
    "a license with another product than its definition",
    /^\d{16}$/,
    "UPDATE license SET product = 'QV'",
  ),
  broken(
    "license-columns",
    "a license that ends, unlike its definition",
    /^\d{16}$/,
    "UPDATE license SET ends_at = created_at",
  ),
  broken(
    "copies",
    "a temporary copy without an end",
    /^\d{16}$/,
    "UPDATE license SET copy_ends = NULL WHERE copy_of IS NOT NULL",
  ),
  broken(
    "control-numbers",
    "an open control number without its text",
    /^\d{16} [0-9a-f-]{36}$/,
    "UPDATE control_number SET sealed = NULL",
  ),
  broken(
    "control-numbers",
    "a control number that a key of nowhere replaced",
    /^\d{16} [0-9a-f-]{36}$/,
    `UPDATE control_number SET open_for = NULL, closed_at = created_at, closed_for = 'migrated',
       migrated_to = gen_random_uuid()`,
  ),
  broken(
    "checkout-shares",
    "a share of a checkout that was returned",
    /^\d{16} mill professional$/,
    "UPDATE checkout SET returned_at = issued_at",
  ),
  broken(
    "checkout-shares",
    "a share without a checkout",
    /^\d{16} mill professional$/,
    "DELETE FROM checkout",
  ),
  broken(
    "dual-use",
    "a deployment that was accepted on a withdrawn offer",
    /^\d{16} view QV$/,
    "UPDATE dual_use_offer SET withdrawn_at = created_at",
  ),
  broken(
    "dual-use",
    "a waiting request that was decided",
    /^\d{16} view QV$/,
    "UPDATE dual_use_request SET state = 'waiting'",
  ),
  broken(
    "definition-versions",
    "a definition that was changed in place",
    /^\d{16} [0-9a-f-]{36}$/,
    `UPDATE definition SET content = jsonb_set(content, '{parameters}', '[{"name":"x","valid":""}]')`,
  ),
];
