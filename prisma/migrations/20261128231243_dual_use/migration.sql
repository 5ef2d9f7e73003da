-- CreateEnum
CREATE TYPE "DualUseState" AS ENUM ('waiting', 'accepted', 'rejected', 'withdrawn');

-- CreateTable
CREATE TABLE "dual_use_offer" (
    "id" UUID NOT NULL,
    "license" TEXT NOT NULL,
    "products" TEXT[],
    "deployments" INTEGER,
    "until" DATE,
    "note" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by_kind" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "dual_use_offer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dual_use_request" (
    "id" UUID NOT NULL,
    "license" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "product" TEXT NOT NULL,
    "state" "DualUseState" NOT NULL,
    "reason" TEXT,
    "offer" UUID,
    "jti" UUID NOT NULL,
    "version" TEXT,
    "os" TEXT,
    "address" TEXT,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "decided_kind" TEXT,
    "decided_by" TEXT,

    CONSTRAINT "dual_use_request_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "dual_use_offer_license_idx" ON "dual_use_offer"("license");

-- CreateIndex
CREATE INDEX "dual_use_request_license_state_idx" ON "dual_use_request"("license", "state");

-- CreateIndex
CREATE UNIQUE INDEX "dual_use_request_license_source_product_key" ON "dual_use_request"("license", "source", "product");
