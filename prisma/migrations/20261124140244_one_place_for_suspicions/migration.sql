-- AlterTable
ALTER TABLE "deployment" DROP COLUMN "suspicions";
