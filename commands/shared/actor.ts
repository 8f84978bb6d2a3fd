import type { App } from '../../src/app.ts'
import { type Actor, alone } from '../../src/db/transitions.ts'
import { readSettings } from '../../src/services/settings.ts'
import { hasAccess } from './has-access.ts'

type Requirement = (access: 'manager' | 'reviewer') => void

/** In which capacity somebody who may teach changes examples: the highest that they have. */
export function actorOf(requireAccess: Requirement): Actor {
  for (const access of ['manager', 'reviewer'] as const) if (hasAccess(requireAccess, access)) return access
  return 'teacher'
}

/** In which capacity somebody does at once what has no votes: removing a picture, merging or deleting a label. */
export async function actorAlone(
  { app, server }: { app: App; server: string },
  requireAccess: Requirement,
): Promise<Actor> {
  return alone(actorOf(requireAccess), (await readSettings(app.db, server)).agreement)
}
