-- AlterTable
ALTER TABLE "license" ADD COLUMN     "max_checkouts" INTEGER,
ADD COLUMN     "offline_days" INTEGER NOT NULL DEFAULT 90,
ADD COLUMN     "offline_since" TIMESTAMPTZ(3),
ADD COLUMN     "shares_until" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "checkout" (
    "id" UUID NOT NULL,
    "license" TEXT NOT NULL,
    "product" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "definition" TEXT NOT NULL,
    "kid" UUID NOT NULL,
    "source" TEXT,
    "label" TEXT NOT NULL DEFAULT '',
    "shares" JSONB,
    "issued_by_kind" TEXT NOT NULL,
    "issued_by" TEXT NOT NULL,
    "issued_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "returned_at" TIMESTAMPTZ(3),
    "returned_reason" TEXT,

    CONSTRAINT "checkout_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "checkout_share" (
    "license" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "allotment" TEXT NOT NULL,
    "checkout" UUID NOT NULL,
    "units" INTEGER NOT NULL,
    "live" INTEGER NOT NULL DEFAULT 0,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "checkout_share_pkey" PRIMARY KEY ("license","source","allotment","checkout")
);

-- CreateIndex
CREATE INDEX "checkout_license_issued_at_idx" ON "checkout"("license", "issued_at");

-- CreateIndex
CREATE INDEX "checkout_license_expires_at_idx" ON "checkout"("license", "expires_at");

-- CreateIndex
CREATE INDEX "checkout_share_until_idx" ON "checkout_share"("until");
