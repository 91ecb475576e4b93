import { hasRole, type Role, type Viewer } from '@colloquy/domain';
import { ForbiddenError } from '@colloquy/service';

/** Throws ForbiddenError when the viewer may not do this; `action` completes "may not ...". */
export function requireRole(viewer: Viewer, least: Role, action: string): void {
  if (!hasRole(viewer, least))
    throw new ForbiddenError(`The role ${viewer.role} may not ${action}; ${least} is needed.`);
}
