-- CreateTable
CREATE TABLE "audit_verification" (
    "chain" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by_kind" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "events" BIGINT NOT NULL,
    "bad_reason" TEXT,

    CONSTRAINT "audit_verification_pkey" PRIMARY KEY ("chain")
);
