import type { Access } from '../../src/services/permissions.ts'
import { hasAccess } from './has-access.ts'

/** Whoever teaches or reviews may look at everything that a dataset has. Throws UserError access.denied */
export function requireBrowsing(requireAccess: (access: Access) => void): void {
  if (!hasAccess(requireAccess, 'reviewer')) requireAccess('teacher')
}
