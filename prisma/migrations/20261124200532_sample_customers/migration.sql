-- AlterTable
ALTER TABLE "customer" ADD COLUMN     "is_sample" BOOLEAN NOT NULL DEFAULT false;

-- CreateIndex
CREATE INDEX "customer_is_sample_idx" ON "customer"("is_sample");

-- Those of older releases, by who made them.
UPDATE "customer" SET "is_sample" = true WHERE "id"::text IN (
    SELECT "object" FROM "audit_event"
    WHERE "chain" = 'installation' AND "action" = 'customer.created' AND "actor_kind" = 'system' AND "actor" = 'sample');
