-- AlterTable
ALTER TABLE "installation" ADD COLUMN     "timeline" TEXT;
