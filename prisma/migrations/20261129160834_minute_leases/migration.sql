-- CreateEnum
CREATE TYPE "WhenOffline" AS ENUM ('optimistic', 'bounded');

-- CreateEnum
CREATE TYPE "MinuteLeaseState" AS ENUM ('open', 'released', 'copied');

-- AlterTable
ALTER TABLE "license" ADD COLUMN     "lease_hours" INTEGER NOT NULL DEFAULT 12,
ADD COLUMN     "when_offline" "WhenOffline" NOT NULL DEFAULT 'optimistic';

-- AlterTable
ALTER TABLE "roster" ADD COLUMN     "hold_until" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "usage_month" ADD COLUMN     "leased" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "open_leases" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "reserved" BIGINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "minute_lease" (
    "id" UUID NOT NULL,
    "license" TEXT NOT NULL,
    "allotment" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "run" UUID NOT NULL,
    "granted" BIGINT NOT NULL,
    "booked" BIGINT NOT NULL,
    "sequence" BIGINT NOT NULL,
    "asked" TEXT,
    "state" "MinuteLeaseState" NOT NULL DEFAULT 'open',
    "superseded" BOOLEAN NOT NULL DEFAULT false,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "expires" TIMESTAMPTZ(3) NOT NULL,
    "last_contact" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "minute_lease_pkey" PRIMARY KEY ("license","allotment","month","source","run")
);

-- CreateIndex
CREATE UNIQUE INDEX "minute_lease_id_key" ON "minute_lease"("id");

-- CreateIndex
CREATE INDEX "minute_lease_month_license_idx" ON "minute_lease"("month", "license");

-- The run of a source that reserved last, however many it had.
CREATE INDEX "minute_lease_latest_idx" ON "minute_lease" ("license", "allotment", "month", "source") WHERE NOT "superseded";

ALTER TABLE "minute_lease" ADD CONSTRAINT "minute_lease_granted_check" CHECK ("booked" >= 0 AND "granted" >= "booked");
ALTER TABLE "usage_month" ADD CONSTRAINT "usage_month_reserved_check" CHECK ("reserved" >= 0);

-- Most reports of a deployment update its row.
ALTER TABLE "minute_lease" SET (fillfactor = 70);
