-- CreateTable
CREATE TABLE "idempotent_request" (
    "token" TEXT NOT NULL,
    "key" BYTEA NOT NULL,
    "fingerprint" BYTEA NOT NULL,
    "claim" UUID NOT NULL,
    "running_until" TIMESTAMPTZ(3) NOT NULL,
    "committed" BOOLEAN NOT NULL DEFAULT false,
    "status" INTEGER,
    "response" BYTEA,
    "license" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotent_request_pkey" PRIMARY KEY ("token","key")
);

-- CreateIndex
CREATE UNIQUE INDEX "idempotent_request_claim_key" ON "idempotent_request"("claim");

-- CreateIndex
CREATE INDEX "idempotent_request_at_idx" ON "idempotent_request"("at");

-- CreateIndex
CREATE INDEX "idempotent_request_license_idx" ON "idempotent_request"("license");
