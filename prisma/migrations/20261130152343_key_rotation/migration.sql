-- AlterTable
ALTER TABLE "data_key" ADD COLUMN     "progress" TEXT,
ADD COLUMN     "since" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "installation" ADD COLUMN     "key_generation" INTEGER NOT NULL DEFAULT 0;
