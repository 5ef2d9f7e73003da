-- AlterTable
ALTER TABLE "deployment" ADD COLUMN     "features" TEXT[] DEFAULT ARRAY[]::TEXT[];
