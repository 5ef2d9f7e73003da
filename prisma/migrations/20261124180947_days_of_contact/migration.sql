-- AlterTable
ALTER TABLE "deployment" ADD COLUMN     "contacts" INTEGER NOT NULL DEFAULT 3;
