-- ONLY: months that exist already get none, so that nothing is locked while an index is built. New months have both.

-- CreateIndex
CREATE INDEX "usage_session_license_subject_index_idx" ON ONLY "usage_session"("license", "subject_index");

-- CreateIndex
CREATE INDEX "usage_session_license_app_idx" ON ONLY "usage_session"("license", "app");
