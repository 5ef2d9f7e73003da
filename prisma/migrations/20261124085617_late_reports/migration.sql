-- CreateTable
CREATE TABLE "usage_late" (
    "license" TEXT NOT NULL,
    "allotment" TEXT NOT NULL,
    "arrived" DATE NOT NULL,
    "month" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "consumed" BIGINT NOT NULL,
    "reports" INTEGER NOT NULL,

    CONSTRAINT "usage_late_pkey" PRIMARY KEY ("license","allotment","arrived","month","source")
);
