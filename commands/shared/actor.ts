import type { Actor } from '../../src/db/transitions.ts'
import { UserError } from '../../src/errors.ts'

type Requirement = (access: 'manager' | 'reviewer') => void

/** In which capacity somebody who may teach changes examples: the highest that they have. */
export function actorOf(requireAccess: Requirement): Actor {
  for (const access of ['manager', 'reviewer'] as const) if (has(requireAccess, access)) return access
  return 'teacher'
}

function has(requireAccess: Requirement, access: 'manager' | 'reviewer'): boolean {
  try {
    requireAccess(access)
    return true
  } catch (error) {
    if (error instanceof UserError && error.code === 'access.denied') return false
    throw error
  }
}
