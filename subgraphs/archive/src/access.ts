import { hasRole, type Role, type Viewer, viewerFromClaims } from '@colloquy/domain';
import { ForbiddenError, type Identity, UnauthenticatedError } from '@colloquy/service';
import { ZodError } from 'zod';

/** Who acts. Throws UnauthenticatedError when the verified claims do not say so. */
export function viewerOf(identity: Identity): Viewer {
  try {
    return viewerFromClaims(identity.claims);
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    const names = [...new Set(error.issues.map(({ path }) => path.join('.')))].join(', ');
    throw new UnauthenticatedError(`The token's claims do not name a viewer: ${names}.`);
  }
}

/** Throws ForbiddenError when the viewer may not do this; `action` completes "may not ...". */
export function requireRole(viewer: Viewer, least: Role, action: string): void {
  if (!hasRole(viewer, least))
    throw new ForbiddenError(`The role ${viewer.role} may not ${action}; ${least} is needed.`);
}
