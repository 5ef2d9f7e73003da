-- AlterTable
ALTER TABLE "checkout" ADD COLUMN     "settings" JSONB;

-- AlterTable
ALTER TABLE "deployment" ADD COLUMN     "last_upload" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "license" ADD COLUMN     "offline_hashes" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "offline_hash" (
    "license" TEXT NOT NULL,
    "instance" BIGINT NOT NULL,
    "hash" BYTEA NOT NULL,
    "linked" BYTEA,

    CONSTRAINT "offline_hash_pkey" PRIMARY KEY ("instance","license")
);

-- CreateTable
CREATE TABLE "offline_log" (
    "license" TEXT NOT NULL,
    "log" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "checkout" UUID NOT NULL,
    "user_agent" TEXT NOT NULL,
    "created" TIMESTAMPTZ(3) NOT NULL,
    "header" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,
    "through" INTEGER NOT NULL DEFAULT 0,
    "first_upload" TIMESTAMPTZ(3) NOT NULL,
    "last_upload" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "closed_reason" TEXT,
    "turn" UUID,
    "turn_until" TIMESTAMPTZ(3),

    CONSTRAINT "offline_log_pkey" PRIMARY KEY ("license","log")
);

-- CreateTable
CREATE TABLE "offline_seat" (
    "license" TEXT NOT NULL,
    "log" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "instance" BIGINT NOT NULL,

    CONSTRAINT "offline_seat_pkey" PRIMARY KEY ("license","log","sequence")
);

-- CreateTable
CREATE TABLE "offline_rejection" (
    "license" TEXT NOT NULL,
    "log" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "code" TEXT NOT NULL,

    CONSTRAINT "offline_rejection_pkey" PRIMARY KEY ("license","log","sequence")
);

-- CreateIndex
CREATE INDEX "offline_hash_hash_idx" ON "offline_hash"("hash");

-- CreateIndex
CREATE INDEX "offline_hash_linked_idx" ON "offline_hash"("linked");

-- CreateIndex
CREATE INDEX "offline_log_license_last_upload_idx" ON "offline_log"("license", "last_upload");

-- CreateIndex
CREATE INDEX "offline_seat_license_instance_idx" ON "offline_seat"("license", "instance");

-- A source has one open log of a kind.
CREATE UNIQUE INDEX "offline_log_open_key" ON "offline_log"("license", "source", "kind") WHERE "closed_at" IS NULL;
