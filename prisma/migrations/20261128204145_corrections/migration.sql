-- AlterTable
ALTER TABLE "definition" ADD COLUMN     "corrects" UUID;
