-- CreateTable
CREATE TABLE "reached_limit" (
    "scope" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "series" TEXT NOT NULL,
    "once" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reached_limit_pkey" PRIMARY KEY ("scope","kind","series","once")
);

-- What alerts reported so far isn't reported again.
INSERT INTO "reached_limit" ("scope", "kind", "series", "once", "at")
SELECT "scope", "kind", "series", "once", min("fired_at") FROM "alert"
WHERE "kind" IN ('capacity.quota-reached', 'capacity.cap-reached', 'seats.full', 'expired')
GROUP BY "scope", "kind", "series", "once";
