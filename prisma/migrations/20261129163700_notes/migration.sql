-- CreateTable
CREATE TABLE "notes" (
    "holder" TEXT NOT NULL,
    "license" TEXT,
    "customer_id" UUID,
    "contract_number" TEXT NOT NULL,
    "contact" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "metadata" JSONB NOT NULL,
    "search" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "notes_pkey" PRIMARY KEY ("holder")
);

-- CreateIndex
CREATE UNIQUE INDEX "notes_license_key" ON "notes"("license");

-- CreateIndex
CREATE UNIQUE INDEX "notes_customer_id_key" ON "notes"("customer_id");

-- AddForeignKey
ALTER TABLE "notes" ADD CONSTRAINT "notes_license_fkey" FOREIGN KEY ("license") REFERENCES "license"("number") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notes" ADD CONSTRAINT "notes_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Notes are those of one license or of one customer.
ALTER TABLE "notes" ADD CONSTRAINT "notes_one_holder" CHECK (("license" IS NULL) <> ("customer_id" IS NULL));
