-- AlterTable
ALTER TABLE "installation" ADD COLUMN     "second_factor_roles" TEXT[] DEFAULT ARRAY[]::TEXT[];
