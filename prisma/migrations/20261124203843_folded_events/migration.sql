-- AlterTable
ALTER TABLE "audit_event" ADD COLUMN     "stands_for" INTEGER DEFAULT 1;

-- What a list shows, without those that another stands for.
CREATE INDEX "audit_event_shown_chain_idx" ON "audit_event"("chain", "sequence") WHERE "stands_for" IS NOT NULL;
CREATE INDEX "audit_event_shown_at_idx" ON "audit_event"("at", "id") WHERE "stands_for" IS NOT NULL;
