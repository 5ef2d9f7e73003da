-- CreateTable
CREATE TABLE "control_number" (
    "id" UUID NOT NULL,
    "license" TEXT NOT NULL,
    "open_for" TEXT,
    "sealed" BYTEA,
    "mac" BYTEA NOT NULL,
    "weak" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by_kind" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "closed_for" TEXT,
    "migrated_to" UUID,
    "guessed_at" TIMESTAMPTZ(3),

    CONSTRAINT "control_number_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "retrieval" (
    "id" UUID NOT NULL,
    "license" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "address" TEXT NOT NULL DEFAULT '',
    "user_agent" TEXT,

    CONSTRAINT "retrieval_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lef_failure" (
    "key" BYTEA NOT NULL,
    "most" INTEGER NOT NULL,
    "seconds" INTEGER NOT NULL,
    "times" BIGINT[],
    "last" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lef_failure_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "legacy_import" (
    "id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "by_kind" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "rows" INTEGER NOT NULL,
    "created" INTEGER NOT NULL DEFAULT 0,
    "already" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "refusals" JSONB NOT NULL DEFAULT '[]',
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "legacy_import_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "control_number_open_for_key" ON "control_number"("open_for");

-- CreateIndex
CREATE INDEX "control_number_license_created_at_idx" ON "control_number"("license", "created_at");

-- CreateIndex
CREATE INDEX "control_number_closed_at_idx" ON "control_number"("closed_at");

-- CreateIndex
CREATE INDEX "retrieval_license_at_idx" ON "retrieval"("license", "at");

-- CreateIndex
CREATE INDEX "retrieval_license_address_idx" ON "retrieval"("license", "address");

-- CreateIndex
CREATE INDEX "retrieval_at_idx" ON "retrieval"("at");

-- CreateIndex
CREATE INDEX "lef_failure_last_idx" ON "lef_failure"("last");

-- CreateIndex
CREATE INDEX "legacy_import_started_at_idx" ON "legacy_import"("started_at");
