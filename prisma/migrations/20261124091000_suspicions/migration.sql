-- AlterTable
ALTER TABLE "deployment" ADD COLUMN     "evidence" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "trail" JSONB;
