import { z } from 'zod';
import { ROLES, type Role } from './enums.ts';
import { tenantUuid } from './ids.ts';

/** Who acts, for which tenant. Every read and write of every store is made on behalf of one. */
export interface Viewer {
  tenantId: string;
  tenant: string;
  subject: string;
  displayName: string;
  role: Role;
}

const claims = z.object({
  sub: z.string().min(1).max(255),
  tenant: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
  role: z.enum(ROLES).default('READ_ONLY'),
  name: z.string().min(1).max(255).optional(),
});

/** Claims of a verified token -> Viewer. Throws a ZodError that names the claim which is missing or malformed. */
export function viewerFromClaims(verified: Readonly<Record<string, unknown>>): Viewer {
  const { sub, tenant, role, name } = claims.parse(verified);
  return { tenantId: tenantUuid(tenant), tenant, subject: sub, displayName: name ?? sub, role };
}

/** Roles grow in power in the order of ROLES. */
export function hasRole(viewer: Viewer, least: Role): boolean {
  return ROLES.indexOf(viewer.role) >= ROLES.indexOf(least);
}
