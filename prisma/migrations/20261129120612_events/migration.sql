-- CreateTable
CREATE TABLE "event_outbox" (
    "id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "license" TEXT,
    "data" JSONB NOT NULL,
    "subject" BYTEA,

    CONSTRAINT "event_outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event" (
    "position" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "license" TEXT,
    "data" JSONB NOT NULL,
    "subject" BYTEA,

    CONSTRAINT "event_pkey" PRIMARY KEY ("position")
);

-- CreateTable
CREATE TABLE "event_head" (
    "id" INTEGER NOT NULL,
    "epoch" TEXT NOT NULL,
    "position" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "event_head_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "event_license_position_idx" ON "event"("license", "position");

INSERT INTO "event_head" ("id", "epoch") VALUES (1, left(md5(gen_random_uuid()::text), 12));
