-- AlterTable
ALTER TABLE "definition" ADD COLUMN     "saved_by" TEXT,
ADD COLUMN     "saved_by_kind" TEXT;

-- AlterTable
ALTER TABLE "license" ADD COLUMN     "copied_by" TEXT,
ADD COLUMN     "copy_ends" TIMESTAMPTZ(3),
ADD COLUMN     "copy_of" TEXT;

-- AlterTable
ALTER TABLE "signed_key" ADD COLUMN     "issued_by" TEXT,
ADD COLUMN     "issued_by_kind" TEXT;

-- CreateIndex
CREATE INDEX "license_copy_ends_idx" ON "license"("copy_ends");
