import { createRoute, z } from "@hono/zod-openapi";
import { bodyOf, jsonResponse, refusals } from "@/api/admin/contract";
import {
  AddedAssignments,
  AddedStatus,
  AutoAssignChange,
  AutoAssignSettings,
  DeleteAssignments,
  LicenseOverview,
  MultiStatus,
  ProductInfo,
  PublishedAssignments,
  PublishedConsumption,
  PublishedLicenseStatus,
  UpdateAssignments,
} from "@/contract/published-schemas";
import { PRODUCT_INFO, PUBLISHED_PATH } from "./published/address";

const published = { tags: ["Published license API"] };
const PREFIX = "`/l/<license number>` before the path names the license of a token that sees several.";
const ACTIONS = `${PUBLISHED_PATH}/assignments/actions`;
const statuses = jsonResponse(MultiStatus, "A status for each item, in their order");
/** Any call may name no license, or one that the token doesn't see. */
const unnamed = refusals("LICENSE_NOT_NAMED", "NOT_FOUND");

const asked = z.object({
  filter: z.string().optional().openapi({
    description: "A SCIM filter (RFC 7644, 3.4.2.2) over subject, type, created and excess.",
    example: 'subject sw "acme" and excess eq false',
  }),
  orphans: z.enum(["true", "false"]).optional().openapi({
    description: "Only seats that no deployment seems to know any more.",
  }),
  sort: z.string().optional().openapi({
    description: "created, subject or type, with `-` before it for the descending order.",
    example: "-created",
  }),
  limit: z.int().min(1).max(100).optional().openapi({ description: "20 by default." }),
  page: z.string().optional().openapi({
    description: "A page as a link names it; every other parameter is ignored.",
  }),
});

const sessionsAsked = z.object({
  filter: z.string().optional().openapi({
    description: "A SCIM filter over endTime that names one interval.",
    example: 'endTime ge "2026-08-01T00:00:00Z" and endTime lt "2026-09-01T00:00:00Z"',
  }),
  sort: z.string().optional().openapi({ description: "endTime or -endTime, the default." }),
  limit: z.int().min(1).max(200).optional().openapi({ description: "200 by default." }),
  page: asked.shape.page,
});

/** The published license API. Parameters and members that it doesn't describe are ignored. */
export const PUBLISHED = [
  createRoute({
    method: "get",
    path: PRODUCT_INFO,
    operationId: "getProductInfo",
    ...published,
    security: [],
    summary: "Read what kind of host this is",
    responses: { 200: jsonResponse(ProductInfo, "A host with the published license API") },
  }),
  createRoute({
    method: "get",
    path: `${PUBLISHED_PATH}/overview`,
    operationId: "getLicenseOverview",
    ...published,
    summary: "Read the license with its allotments",
    description: PREFIX,
    responses: { 200: jsonResponse(LicenseOverview, "The license"), ...unnamed },
  }),
  createRoute({
    method: "get",
    path: `${PUBLISHED_PATH}/status`,
    operationId: "getLicenseStatus",
    ...published,
    summary: "Read the status of the license",
    description: PREFIX,
    responses: { 200: jsonResponse(PublishedLicenseStatus, "The status"), ...unnamed },
  }),
  createRoute({
    method: "get",
    path: `${PUBLISHED_PATH}/settings`,
    operationId: "getLicenseSettings",
    ...published,
    summary: "Read the settings of automatic assignment",
    description: PREFIX,
    responses: { 200: jsonResponse(AutoAssignSettings, "The settings"), ...unnamed },
  }),
  createRoute({
    method: "put",
    path: `${PUBLISHED_PATH}/settings`,
    operationId: "updateLicenseSettings",
    ...published,
    summary: "Change the settings of automatic assignment; what is left out stays",
    description: PREFIX,
    request: { body: bodyOf(AutoAssignChange) },
    responses: { 200: jsonResponse(AutoAssignSettings, "All settings"), ...unnamed },
  }),
  createRoute({
    method: "get",
    path: `${PUBLISHED_PATH}/assignments`,
    operationId: "getLicenseAssignments",
    ...published,
    summary: "List assignments",
    description: PREFIX,
    request: { query: asked },
    responses: {
      200: jsonResponse(PublishedAssignments, "A page"),
      ...refusals("LICENSE_NOT_NAMED", "NOT_FOUND", "INVALID_CURSOR"),
    },
  }),
  createRoute({
    method: "get",
    path: `${PUBLISHED_PATH}/consumption`,
    operationId: "getLicenseConsumption",
    ...published,
    summary: "List the sessions that used minutes",
    description: PREFIX,
    request: { query: sessionsAsked },
    responses: {
      200: jsonResponse(PublishedConsumption, "A page"),
      ...refusals("LICENSE_NOT_NAMED", "NOT_FOUND", "INVALID_CURSOR"),
    },
  }),
  createRoute({
    method: "post",
    path: `${ACTIONS}/add`,
    operationId: "addLicenseAssignments",
    ...published,
    summary: "Assign seats; 201 for each that was assigned, 200 for each that the user held before",
    description: `${PREFIX} A body that is only the list of items is taken too, and gets only the list of statuses.`,
    request: { body: bodyOf(AddedAssignments) },
    responses: { 207: jsonResponse(AddedStatus, "A status for each item, in their order"), ...unnamed },
  }),
  createRoute({
    method: "post",
    path: `${ACTIONS}/delete`,
    operationId: "deleteLicenseAssignments",
    ...published,
    summary: "Release seats by user and type",
    description: PREFIX,
    request: { body: bodyOf(DeleteAssignments) },
    responses: { 207: statuses, ...unnamed },
  }),
  createRoute({
    method: "post",
    path: `${ACTIONS}/update`,
    operationId: "updateLicenseAssignments",
    ...published,
    summary: "Move seats to another type or user; 201 if the user changed",
    description: PREFIX,
    request: { body: bodyOf(UpdateAssignments) },
    responses: { 207: statuses, ...unnamed },
  }),
];
