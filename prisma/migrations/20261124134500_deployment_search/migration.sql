-- Finds deployments of all licenses by the beginning of their source or name, case aside.
CREATE INDEX "deployment_source_begins" ON "deployment" (lower("source") text_pattern_ops);
CREATE INDEX "deployment_name_begins" ON "deployment" (lower("name") text_pattern_ops);
