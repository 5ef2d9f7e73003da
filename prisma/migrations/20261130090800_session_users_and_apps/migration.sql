-- ONLY: months that exist already get none, so that nothing is locked while an index is built. New months have both.
-- Neither begins with the license: a plan made for an empty month could use it to look for one session.

-- CreateIndex
CREATE INDEX "usage_session_subject_index_license_idx" ON ONLY "usage_session"("subject_index", "license");

-- CreateIndex
CREATE INDEX "usage_session_app_license_idx" ON ONLY "usage_session"("app", "license");
