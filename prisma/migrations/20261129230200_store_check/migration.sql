-- CreateTable
CREATE TABLE "store_check" (
    "name" TEXT NOT NULL,
    "broken" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "store_check_pkey" PRIMARY KEY ("name")
);
