-- AlterTable
ALTER TABLE "session_month" ADD COLUMN     "denials" INTEGER NOT NULL DEFAULT 0;

-- Denials that are stored already are counted.
INSERT INTO "session_month" ("license", "month", "denials")
SELECT "license", to_char("hour" AT TIME ZONE 'UTC', 'YYYY-MM'), count(*) FROM "denial" GROUP BY 1, 2
ON CONFLICT ("license", "month") DO UPDATE SET "denials" = excluded."denials";
