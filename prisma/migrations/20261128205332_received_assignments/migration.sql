-- AlterTable
ALTER TABLE "assignment" ADD COLUMN     "received" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "deployment" ADD COLUMN     "reports_use" BOOLEAN;

-- The audit knows when those were taken that are here already.
UPDATE "assignment" a SET "received" = e.at
FROM "audit_event" e
WHERE e.chain = a.license AND e.object = a.instance::text AND e.action = 'assignment.added';
