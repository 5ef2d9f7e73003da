-- AlterTable
ALTER TABLE "assignment" ADD COLUMN     "has_aliases" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "license" ADD COLUMN     "has_aliases" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "subject_alias" (
    "license" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "primary_index" BYTEA NOT NULL,
    "alias_index" BYTEA NOT NULL,
    "declared_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "subject_alias_pkey" PRIMARY KEY ("license","id")
);

-- CreateTable
CREATE TABLE "alias_text" (
    "license" TEXT NOT NULL,
    "instance" BIGINT NOT NULL,
    "aliases" BYTEA NOT NULL,

    CONSTRAINT "alias_text_pkey" PRIMARY KEY ("license","instance")
);

-- CreateIndex
CREATE INDEX "subject_alias_license_primary_index_idx" ON "subject_alias"("license", "primary_index");

-- CreateIndex
CREATE UNIQUE INDEX "subject_alias_license_alias_index_key" ON "subject_alias"("license", "alias_index");
