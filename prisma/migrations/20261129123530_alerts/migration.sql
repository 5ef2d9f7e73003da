-- CreateTable
CREATE TABLE "alert_rules" (
    "scope" TEXT NOT NULL,
    "rules" JSONB NOT NULL,
    "saved_at" TIMESTAMPTZ(3) NOT NULL,
    "saved_kind" TEXT NOT NULL,
    "saved_by" TEXT NOT NULL,

    CONSTRAINT "alert_rules_pkey" PRIMARY KEY ("scope")
);

-- CreateTable
CREATE TABLE "alert" (
    "id" UUID NOT NULL,
    "scope" TEXT NOT NULL,
    "customer_id" UUID,
    "kind" TEXT NOT NULL,
    "series" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "rank" DOUBLE PRECISION NOT NULL,
    "term" TEXT NOT NULL,
    "once" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "is_announced" BOOLEAN NOT NULL,
    "fired_at" TIMESTAMPTZ(3) NOT NULL,
    "acknowledged_at" TIMESTAMPTZ(3),
    "acknowledged_kind" TEXT,
    "acknowledged_by" TEXT,
    "resolved_at" TIMESTAMPTZ(3),

    CONSTRAINT "alert_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alert_watch" (
    "scope" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,
    "state" TEXT NOT NULL DEFAULT '',
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "alert_watch_pkey" PRIMARY KEY ("scope")
);

-- CreateTable
CREATE TABLE "alert_seen" (
    "license" TEXT NOT NULL,
    "allotment" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "value" BIGINT NOT NULL,

    CONSTRAINT "alert_seen_pkey" PRIMARY KEY ("license","allotment","month")
);

-- CreateTable
CREATE TABLE "alert_delivery" (
    "id" UUID NOT NULL,
    "scope" TEXT NOT NULL,
    "alert" UUID NOT NULL,
    "medium" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "batch" UUID,
    "claimed_until" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "ended_at" TIMESTAMPTZ(3),
    "outcome" TEXT,

    CONSTRAINT "alert_delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mail_preference" (
    "user_id" TEXT NOT NULL,
    "mail" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "mail_preference_pkey" PRIMARY KEY ("user_id")
);

-- CreateIndex
CREATE INDEX "alert_fired_at_id_idx" ON "alert"("fired_at", "id");

-- CreateIndex
CREATE INDEX "alert_state_fired_at_idx" ON "alert"("state", "fired_at");

-- CreateIndex
CREATE UNIQUE INDEX "alert_scope_series_rule_once_key" ON "alert"("scope", "series", "rule", "once");

-- CreateIndex
CREATE INDEX "alert_watch_due_at_idx" ON "alert_watch"("due_at");

-- CreateIndex
CREATE INDEX "alert_delivery_scope_idx" ON "alert_delivery"("scope");

-- CreateIndex
CREATE INDEX "alert_delivery_ended_at_due_at_idx" ON "alert_delivery"("ended_at", "due_at");

-- CreateIndex
CREATE UNIQUE INDEX "alert_delivery_alert_medium_recipient_key" ON "alert_delivery"("alert", "medium", "recipient");

-- CreateIndex
CREATE INDEX "usage_month_month_idx" ON "usage_month"("month");

-- AddForeignKey
ALTER TABLE "mail_preference" ADD CONSTRAINT "mail_preference_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
