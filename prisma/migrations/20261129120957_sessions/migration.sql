-- AlterTable
ALTER TABLE "license" ADD COLUMN     "session_names" BOOLEAN NOT NULL DEFAULT false;

-- Sessions and their sums have a partition for each month, which the server creates with the first session of the month and
-- drops when the month is no longer kept. To the schema a partitioned table is a table, and partitions are none.

-- CreateTable
CREATE TABLE "usage_session" (
    "license" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "allotment" TEXT NOT NULL,
    "subject_index" BYTEA,
    "app" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3) NOT NULL,
    "minutes" BIGINT NOT NULL,

    CONSTRAINT "usage_session_pkey" PRIMARY KEY ("license","month","source","id")
) PARTITION BY LIST ("month");

-- CreateTable
CREATE TABLE "session_total" (
    "license" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "allotment" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "minutes" BIGINT NOT NULL,
    "sessions" INTEGER NOT NULL,
    "subject" BYTEA,

    CONSTRAINT "session_total_pkey" PRIMARY KEY ("license","month","allotment","kind","key")
) PARTITION BY LIST ("month");

-- CreateTable
CREATE TABLE "session_month" (
    "license" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "sessions" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "session_month_pkey" PRIMARY KEY ("license","month")
);

-- CreateTable
CREATE TABLE "denial" (
    "license" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "allotment" TEXT NOT NULL,
    "user_key" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "subject" BYTEA,

    CONSTRAINT "denial_pkey" PRIMARY KEY ("license","source","hour","reason","allotment","user_key")
);

-- CreateIndex
CREATE INDEX "usage_session_license_ended_at_month_source_id_idx" ON "usage_session"("license", "ended_at", "month", "source", "id");

-- CreateIndex
CREATE INDEX "session_total_license_month_allotment_kind_minutes_key_idx" ON "session_total"("license", "month", "allotment", "kind", "minutes", "key");

-- CreateIndex
CREATE INDEX "session_month_month_idx" ON "session_month"("month");

-- CreateIndex
CREATE INDEX "denial_license_hour_idx" ON "denial"("license", "hour");

-- CreateIndex
CREATE INDEX "denial_hour_idx" ON "denial"("hour");
