-- AlterTable
ALTER TABLE "allotment" ADD COLUMN     "products" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- What the last definition with an allotment says; it also gave the allotment its name.
UPDATE "allotment" t SET "products" = s.products
FROM (
  SELECT DISTINCT ON (d.license, a ->> 'name') d.license, a ->> 'name' AS name,
    ARRAY(SELECT jsonb_array_elements_text(
      CASE WHEN jsonb_typeof(a -> 'products') = 'array' THEN a -> 'products' ELSE '[]' END)) AS products
  FROM "definition" d, jsonb_array_elements(d.content -> 'allotments') a
  ORDER BY d.license, a ->> 'name', d.effective_from DESC, d.id DESC
) s
WHERE s.license = t.license AND s.name = t.name AND cardinality(s.products) > 0;
