-- CreateTable
CREATE TABLE "scim_connection" (
    "token" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "groups" JSONB NOT NULL,
    "is_report" BOOLEAN NOT NULL,
    "joined" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "scim_connection_pkey" PRIMARY KEY ("token")
);

-- CreateTable
CREATE TABLE "scim_user" (
    "id" UUID NOT NULL,
    "connection" UUID NOT NULL,
    "name_index" BYTEA NOT NULL,
    "external_index" BYTEA,
    "content" BYTEA NOT NULL,
    "is_active" BOOLEAN NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "is_due" BOOLEAN NOT NULL DEFAULT false,
    "is_reported" BOOLEAN NOT NULL DEFAULT false,
    "has_spellings" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "scim_user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scim_group" (
    "id" UUID NOT NULL,
    "connection" UUID NOT NULL,
    "name_index" BYTEA NOT NULL,
    "external_index" BYTEA,
    "content" BYTEA NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "scim_group_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scim_member" (
    "group" UUID NOT NULL,
    "user" UUID NOT NULL,
    "position" BIGINT NOT NULL,

    CONSTRAINT "scim_member_pkey" PRIMARY KEY ("group","user")
);

-- CreateTable
CREATE TABLE "scim_grant" (
    "connection" UUID NOT NULL,
    "group" UUID NOT NULL,
    "user" UUID NOT NULL,
    "license" TEXT NOT NULL,
    "allotment" TEXT NOT NULL,
    "position" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "instance" BIGINT,
    "code" TEXT,
    "is_reported" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "scim_grant_pkey" PRIMARY KEY ("group","user","license","allotment")
);

-- CreateTable
CREATE TABLE "scim_inactive" (
    "license" TEXT NOT NULL,
    "subject_index" BYTEA NOT NULL,
    "matching" "SubjectMatching" NOT NULL,
    "user" UUID NOT NULL,

    CONSTRAINT "scim_inactive_pkey" PRIMARY KEY ("license","subject_index","matching","user")
);

-- CreateTable
CREATE TABLE "scim_license" (
    "connection" UUID NOT NULL,
    "license" TEXT NOT NULL,

    CONSTRAINT "scim_license_pkey" PRIMARY KEY ("connection","license")
);

-- CreateTable
CREATE TABLE "scim_request" (
    "id" UUID NOT NULL,
    "connection" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "method" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "status" INTEGER NOT NULL,
    "code" TEXT,

    CONSTRAINT "scim_request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scim_effect" (
    "id" UUID NOT NULL,
    "connection" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "is_done" BOOLEAN NOT NULL,
    "user" UUID,
    "subject" BYTEA,
    "license" TEXT,
    "allotment" TEXT,
    "code" TEXT,

    CONSTRAINT "scim_effect_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "scim_user_connection_created_at_id_idx" ON "scim_user"("connection", "created_at", "id");

-- CreateIndex
CREATE INDEX "scim_user_connection_external_index_idx" ON "scim_user"("connection", "external_index");

-- CreateIndex
CREATE INDEX "scim_group_connection_created_at_id_idx" ON "scim_group"("connection", "created_at", "id");

-- CreateIndex
CREATE INDEX "scim_group_connection_name_index_idx" ON "scim_group"("connection", "name_index");

-- CreateIndex
CREATE INDEX "scim_group_connection_external_index_idx" ON "scim_group"("connection", "external_index");

-- CreateIndex
CREATE INDEX "scim_member_user_idx" ON "scim_member"("user");

-- CreateIndex
CREATE INDEX "scim_grant_license_state_position_idx" ON "scim_grant"("license", "state", "position");

-- CreateIndex
CREATE INDEX "scim_grant_connection_state_idx" ON "scim_grant"("connection", "state");

-- CreateIndex
CREATE INDEX "scim_grant_user_idx" ON "scim_grant"("user");

-- CreateIndex
CREATE INDEX "scim_inactive_user_idx" ON "scim_inactive"("user");

-- CreateIndex
CREATE INDEX "scim_license_license_idx" ON "scim_license"("license");

-- CreateIndex
CREATE INDEX "scim_request_connection_at_idx" ON "scim_request"("connection", "at");

-- CreateIndex
CREATE INDEX "scim_request_at_idx" ON "scim_request"("at");

-- CreateIndex
CREATE INDEX "scim_effect_connection_at_idx" ON "scim_effect"("connection", "at");

-- CreateIndex
CREATE INDEX "scim_effect_license_idx" ON "scim_effect"("license");

-- CreateIndex
CREATE INDEX "scim_effect_at_idx" ON "scim_effect"("at");

-- AddForeignKey
ALTER TABLE "scim_user" ADD CONSTRAINT "scim_user_connection_fkey" FOREIGN KEY ("connection") REFERENCES "scim_connection"("token") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scim_group" ADD CONSTRAINT "scim_group_connection_fkey" FOREIGN KEY ("connection") REFERENCES "scim_connection"("token") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scim_member" ADD CONSTRAINT "scim_member_group_fkey" FOREIGN KEY ("group") REFERENCES "scim_group"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scim_member" ADD CONSTRAINT "scim_member_user_fkey" FOREIGN KEY ("user") REFERENCES "scim_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scim_grant" ADD CONSTRAINT "scim_grant_user_fkey" FOREIGN KEY ("user") REFERENCES "scim_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scim_inactive" ADD CONSTRAINT "scim_inactive_user_fkey" FOREIGN KEY ("user") REFERENCES "scim_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A user name is taken until its user is deleted.
CREATE UNIQUE INDEX "scim_user_name" ON "scim_user" ("connection", "name_index") WHERE "deleted_at" IS NULL;

-- Users whose seats are still to be released, and those whose spellings are to be looked for.
CREATE INDEX "scim_user_due" ON "scim_user" ("connection", "id") WHERE "is_due";
CREATE INDEX "scim_user_spellings" ON "scim_user" ("connection", "id") WHERE "has_spellings";
