-- CreateTable
CREATE TABLE "request_count" (
    "key" TEXT NOT NULL,
    "window_start" TIMESTAMPTZ(3) NOT NULL,
    "total" BIGINT NOT NULL,

    CONSTRAINT "request_count_pkey" PRIMARY KEY ("key")
);
