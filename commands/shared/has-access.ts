import { UserError } from '../../src/errors.ts'
import type { Access } from '../../src/services/permissions.ts'

/** Whether whoever calls a command has an access. @param requireAccess the command's own */
export function hasAccess<A extends Access>(requireAccess: (access: A) => void, access: A): boolean {
  try {
    requireAccess(access)
    return true
  } catch (error) {
    if (error instanceof UserError && error.code === 'access.denied') return false
    throw error
  }
}
