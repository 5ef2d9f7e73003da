-- CreateTable
CREATE TABLE "reclaim_rule" (
    "license" TEXT NOT NULL,
    "allotment" TEXT NOT NULL,
    "is_on" BOOLEAN NOT NULL,
    "idle_days" INTEGER NOT NULL,
    "grace_days" INTEGER NOT NULL,
    "notice_days" INTEGER NOT NULL,
    "most" INTEGER NOT NULL,
    "every" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "saved_at" TIMESTAMPTZ(3) NOT NULL,
    "saved_kind" TEXT NOT NULL,
    "saved_by" TEXT NOT NULL,

    CONSTRAINT "reclaim_rule_pkey" PRIMARY KEY ("license","allotment")
);

-- CreateTable
CREATE TABLE "reclaim_exemption" (
    "id" UUID NOT NULL,
    "license" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "text_index" BYTEA NOT NULL,
    "sealed" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_kind" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,

    CONSTRAINT "reclaim_exemption_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reclaim_run" (
    "id" UUID NOT NULL,
    "license" TEXT NOT NULL,
    "allotment" TEXT NOT NULL,
    "slot" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "seats" INTEGER NOT NULL,
    "released" INTEGER NOT NULL DEFAULT 0,
    "announced_at" TIMESTAMPTZ(3) NOT NULL,
    "release_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "live" INTEGER,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "reclaim_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reclaim_seat" (
    "run" UUID NOT NULL,
    "license" TEXT NOT NULL,
    "instance" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,
    "quiet_since" DATE NOT NULL,
    "last_used" DATE,
    "result" TEXT,
    "version" BIGINT,
    "subject" BYTEA,
    "restored_as" BIGINT,
    "restored_at" TIMESTAMPTZ(3),

    CONSTRAINT "reclaim_seat_pkey" PRIMARY KEY ("run","instance")
);

-- CreateIndex
CREATE INDEX "reclaim_exemption_license_id_idx" ON "reclaim_exemption"("license", "id");

-- CreateIndex
CREATE UNIQUE INDEX "reclaim_exemption_license_kind_text_index_key" ON "reclaim_exemption"("license", "kind", "text_index");

-- CreateIndex
CREATE INDEX "reclaim_run_license_id_idx" ON "reclaim_run"("license", "id");

-- CreateIndex
CREATE INDEX "reclaim_run_state_release_at_idx" ON "reclaim_run"("state", "release_at");

-- CreateIndex
CREATE UNIQUE INDEX "reclaim_run_license_allotment_slot_key" ON "reclaim_run"("license", "allotment", "slot");

-- CreateIndex
CREATE INDEX "reclaim_seat_license_instance_idx" ON "reclaim_seat"("license", "instance");

-- CreateIndex
CREATE INDEX "reclaim_seat_license_restored_as_idx" ON "reclaim_seat"("license", "restored_as");
