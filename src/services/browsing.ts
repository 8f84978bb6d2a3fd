import { UserError } from '../errors.ts'
import type { Access } from './permissions.ts'

/**
 * Whoever teaches or reviews may look at everything that a dataset has.
 * @param requireAccess throws where somebody lacks an access. Throws UserError access.denied
 */
export function requireBrowsing(requireAccess: (access: Access) => void): void {
  try {
    requireAccess('reviewer')
  } catch (error) {
    if (!(error instanceof UserError && error.code === 'access.denied')) throw error
    requireAccess('teacher')
  }
}
