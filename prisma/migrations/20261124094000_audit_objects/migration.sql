-- CreateIndex
CREATE INDEX "audit_event_object_idx" ON "audit_event"("object");
