-- AlterTable
ALTER TABLE "installation" ADD COLUMN     "checkpoint_at" TIMESTAMPTZ(3);
