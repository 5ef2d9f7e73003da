-- CreateEnum
CREATE TYPE "LicenseStatus" AS ENUM ('active', 'suspended', 'revoked');

-- CreateEnum
CREATE TYPE "SubjectMatching" AS ENUM ('folded', 'exact');

-- CreateEnum
CREATE TYPE "UsageClass" AS ENUM ('assigned', 'time');

-- CreateEnum
CREATE TYPE "SigningKeyStatus" AS ENUM ('active', 'retired', 'withdrawn');

-- CreateTable
CREATE TABLE "installation" (
    "id" INTEGER NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "audit_sequence" BIGINT NOT NULL DEFAULT 0,
    "audit_head" BYTEA NOT NULL,
    "setup_hash" BYTEA,
    "setup_expires" TIMESTAMPTZ(3),

    CONSTRAINT "installation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customer" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "customer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "license" (
    "number" TEXT NOT NULL,
    "customer_id" UUID NOT NULL,
    "status" "LicenseStatus" NOT NULL DEFAULT 'active',
    "products" TEXT[],
    "auto_assign_professional" BOOLEAN NOT NULL DEFAULT false,
    "auto_assign_analyzer" BOOLEAN NOT NULL DEFAULT false,
    "subject_matching" "SubjectMatching" NOT NULL DEFAULT 'folded',
    "lease_days" INTEGER NOT NULL DEFAULT 14,
    "grace_days" INTEGER NOT NULL DEFAULT 14,
    "definition_id" UUID NOT NULL,
    "version" TEXT NOT NULL,
    "product" TEXT NOT NULL,
    "trial" BOOLEAN NOT NULL,
    "ends_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "license_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "definition" (
    "id" UUID NOT NULL,
    "license" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "effective_from" TIMESTAMPTZ(3) NOT NULL,
    "content" JSONB NOT NULL,

    CONSTRAINT "definition_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "allotment" (
    "license" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "class" "UsageClass" NOT NULL,
    "live" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "allotment_pkey" PRIMARY KEY ("license","key")
);

-- CreateTable
CREATE TABLE "roster" (
    "license" TEXT NOT NULL,
    "version" BIGINT NOT NULL DEFAULT 0,
    "horizon" BIGINT NOT NULL DEFAULT 0,
    "epoch" TEXT NOT NULL,
    "audit_sequence" BIGINT NOT NULL DEFAULT 0,
    "audit_head" BYTEA NOT NULL,

    CONSTRAINT "roster_pkey" PRIMARY KEY ("license")
);

-- CreateTable
CREATE TABLE "assignment" (
    "license" TEXT NOT NULL,
    "instance" BIGINT NOT NULL,
    "allotment" TEXT NOT NULL,
    "subject_index" BYTEA NOT NULL,
    "subject" BYTEA,
    "version" BIGINT NOT NULL,
    "added_version" BIGINT NOT NULL,
    "created" TIMESTAMPTZ(3) NOT NULL,
    "source" TEXT NOT NULL,
    "auto" BOOLEAN NOT NULL DEFAULT false,
    "last_used" DATE,
    "deleted" TIMESTAMPTZ(3),

    CONSTRAINT "assignment_pkey" PRIMARY KEY ("license","instance")
);

-- CreateTable
CREATE TABLE "rejection" (
    "license" TEXT NOT NULL,
    "allotment" TEXT NOT NULL,
    "subject_index" BYTEA NOT NULL,
    "source" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "subject" BYTEA NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "times" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "rejection_pkey" PRIMARY KEY ("license","allotment","subject_index","source","code")
);

-- CreateTable
CREATE TABLE "usage" (
    "license" TEXT NOT NULL,
    "allotment" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "consumed" BIGINT NOT NULL DEFAULT 0,
    "sequence" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "usage_pkey" PRIMARY KEY ("license","allotment","month","source")
);

-- CreateTable
CREATE TABLE "usage_month" (
    "license" TEXT NOT NULL,
    "allotment" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "total" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "usage_month_pkey" PRIMARY KEY ("license","allotment","month")
);

-- CreateTable
CREATE TABLE "usage_day" (
    "license" TEXT NOT NULL,
    "allotment" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "source" TEXT NOT NULL,
    "consumed" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "usage_day_pkey" PRIMARY KEY ("license","allotment","month","day","source")
);

-- CreateTable
CREATE TABLE "idempotent_report" (
    "license" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "answer" JSONB,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotent_report_pkey" PRIMARY KEY ("license","key")
);

-- CreateTable
CREATE TABLE "signing_key" (
    "kid" UUID NOT NULL,
    "status" "SigningKeyStatus" NOT NULL,
    "public_key" TEXT NOT NULL,
    "private_key" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "retired_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "signing_key_pkey" PRIMARY KEY ("kid")
);

-- CreateTable
CREATE TABLE "signed_key" (
    "jti" UUID NOT NULL,
    "license" TEXT NOT NULL,
    "kid" UUID NOT NULL,
    "label" TEXT NOT NULL DEFAULT '',
    "issued_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_reason" TEXT,

    CONSTRAINT "signed_key_pkey" PRIMARY KEY ("jti")
);

-- CreateTable
CREATE TABLE "deployment" (
    "license" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "jti" UUID NOT NULL,
    "product" TEXT,
    "version" TEXT,
    "os" TEXT,
    "address" TEXT,
    "name" TEXT,
    "cause" TEXT,
    "first_seen" TIMESTAMPTZ(3) NOT NULL,
    "last_seen" TIMESTAMPTZ(3) NOT NULL,
    "last_report" TIMESTAMPTZ(3),
    "last_sync" TIMESTAMPTZ(3),
    "base" BIGINT,
    "clock_skew" INTEGER,
    "suspicions" TEXT[],

    CONSTRAINT "deployment_pkey" PRIMARY KEY ("license","source")
);

-- CreateTable
CREATE TABLE "data_key" (
    "scope" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "wrapped" BYTEA NOT NULL,

    CONSTRAINT "data_key_pkey" PRIMARY KEY ("scope","purpose")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "id" UUID NOT NULL,
    "chain" TEXT NOT NULL,
    "sequence" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "object" TEXT NOT NULL,
    "details" JSONB NOT NULL,
    "address" TEXT,
    "request_id" TEXT,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_token" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "role" TEXT NOT NULL,
    "license" TEXT,
    "customers" UUID[],
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customer_user" (
    "customer_id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,

    CONSTRAINT "customer_user_pkey" PRIMARY KEY ("customer_id","user_id")
);

-- CreateTable
CREATE TABLE "user" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_verified" BOOLEAN NOT NULL,
    "image" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "two_factor_enabled" BOOLEAN DEFAULT false,
    "role" TEXT,
    "banned" BOOLEAN DEFAULT false,
    "ban_reason" TEXT,
    "ban_expires" TIMESTAMPTZ(3),

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "token" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "ip_address" TEXT,
    "user_agent" TEXT,
    "user_id" TEXT NOT NULL,
    "impersonated_by" TEXT,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "access_token" TEXT,
    "refresh_token" TEXT,
    "id_token" TEXT,
    "access_token_expires_at" TIMESTAMPTZ(3),
    "refresh_token_expires_at" TIMESTAMPTZ(3),
    "scope" TEXT,
    "password" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verification" (
    "id" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "two_factor" (
    "id" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "backup_codes" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "verified" BOOLEAN DEFAULT true,
    "failed_verification_count" INTEGER DEFAULT 0,
    "locked_until" TIMESTAMPTZ(3),

    CONSTRAINT "two_factor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "last_request" BIGINT NOT NULL,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "customer_name_key_key" ON "customer"("name_key");

-- CreateIndex
CREATE INDEX "license_customer_id_number_idx" ON "license"("customer_id", "number");

-- CreateIndex
CREATE INDEX "definition_license_effective_from_idx" ON "definition"("license", "effective_from");

-- CreateIndex
CREATE INDEX "assignment_license_allotment_subject_index_idx" ON "assignment"("license", "allotment", "subject_index");

-- CreateIndex
CREATE UNIQUE INDEX "assignment_license_version_key" ON "assignment"("license", "version");

-- CreateIndex
CREATE INDEX "rejection_license_last_at_idx" ON "rejection"("license", "last_at");

-- CreateIndex
CREATE INDEX "rejection_last_at_idx" ON "rejection"("last_at");

-- CreateIndex
CREATE INDEX "idempotent_report_at_idx" ON "idempotent_report"("at");

-- CreateIndex
CREATE INDEX "signed_key_license_issued_at_idx" ON "signed_key"("license", "issued_at");

-- CreateIndex
CREATE INDEX "signed_key_kid_idx" ON "signed_key"("kid");

-- CreateIndex
CREATE INDEX "deployment_jti_idx" ON "deployment"("jti");

-- CreateIndex
CREATE INDEX "audit_event_at_id_idx" ON "audit_event"("at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "audit_event_chain_sequence_key" ON "audit_event"("chain", "sequence");

-- CreateIndex
CREATE UNIQUE INDEX "api_token_hash_key" ON "api_token"("hash");

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_key" ON "session"("token");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE INDEX "account_user_id_idx" ON "account"("user_id");

-- CreateIndex
CREATE INDEX "verification_identifier_idx" ON "verification"("identifier");

-- CreateIndex
CREATE INDEX "two_factor_secret_idx" ON "two_factor"("secret");

-- CreateIndex
CREATE INDEX "two_factor_user_id_idx" ON "two_factor"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "rate_limit_key_key" ON "rate_limit"("key");

-- AddForeignKey
ALTER TABLE "license" ADD CONSTRAINT "license_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "definition" ADD CONSTRAINT "definition_license_fkey" FOREIGN KEY ("license") REFERENCES "license"("number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "allotment" ADD CONSTRAINT "allotment_license_fkey" FOREIGN KEY ("license") REFERENCES "license"("number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "signed_key" ADD CONSTRAINT "signed_key_license_fkey" FOREIGN KEY ("license") REFERENCES "license"("number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "signed_key" ADD CONSTRAINT "signed_key_kid_fkey" FOREIGN KEY ("kid") REFERENCES "signing_key"("kid") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customer_user" ADD CONSTRAINT "customer_user_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customer_user" ADD CONSTRAINT "customer_user_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "two_factor" ADD CONSTRAINT "two_factor_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the schema language can not say.
CREATE UNIQUE INDEX "assignment_live_key" ON "assignment"("license", "allotment", "subject_index") WHERE "deleted" IS NULL;
CREATE INDEX "assignment_live_version_idx" ON "assignment"("license", "version") WHERE "deleted" IS NULL;
CREATE INDEX "assignment_live_rank_idx" ON "assignment"("license", "allotment", "added_version") WHERE "deleted" IS NULL;
CREATE INDEX "assignment_deleted_idx" ON "assignment"("deleted") WHERE "deleted" IS NOT NULL;
CREATE UNIQUE INDEX "signing_key_active_key" ON "signing_key"("status") WHERE "status" = 'active';

ALTER TABLE "installation" ADD CONSTRAINT "installation_single" CHECK ("id" = 1);
ALTER TABLE "license" ADD CONSTRAINT "license_number" CHECK ("number" ~ '^[0-9]{16}$');
ALTER TABLE "allotment" ADD CONSTRAINT "allotment_live" CHECK ("live" >= 0);
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_subject" CHECK (("deleted" IS NULL) = ("subject" IS NOT NULL));
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_instance" CHECK ("instance" > 0);
ALTER TABLE "usage" ADD CONSTRAINT "usage_consumed" CHECK ("consumed" >= 0);
ALTER TABLE "signing_key" ADD CONSTRAINT "signing_key_private" CHECK ("status" <> 'withdrawn' OR "private_key" IS NULL);
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_role" CHECK ("role" IN ('owner', 'issuer', 'license-admin', 'auditor'));

-- Rows that are counted in place keep room for it on their page.
ALTER TABLE "usage" SET (fillfactor = 70);
ALTER TABLE "usage_month" SET (fillfactor = 70);
ALTER TABLE "usage_day" SET (fillfactor = 70);
ALTER TABLE "roster" SET (fillfactor = 70);
ALTER TABLE "deployment" SET (fillfactor = 80);
