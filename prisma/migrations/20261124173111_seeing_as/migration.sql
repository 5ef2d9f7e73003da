-- AlterTable
ALTER TABLE "session" ADD COLUMN     "sees_as" TEXT,
ADD COLUMN     "sees_as_until" TIMESTAMPTZ(3);
