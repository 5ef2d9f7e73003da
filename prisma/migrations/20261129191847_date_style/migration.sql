-- AlterTable
ALTER TABLE "user" ADD COLUMN     "clock" TEXT,
ADD COLUMN     "date_form" TEXT,
ADD COLUMN     "time_zone" TEXT;
