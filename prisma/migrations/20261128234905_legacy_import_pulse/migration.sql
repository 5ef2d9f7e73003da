-- AlterTable
ALTER TABLE "legacy_import" ADD COLUMN     "touched_at" TIMESTAMPTZ(3);
