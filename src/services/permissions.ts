import { UserError } from '../errors.ts'
import type { Settings } from './settings.ts'

/** Who may use a command. An operator runs the program; nobody is one by way of a Discord server. */
export const ACCESS = ['member', 'teacher', 'trainer', 'reviewer', 'manager', 'owner', 'operator'] as const
export type Access = (typeof ACCESS)[number]

/** Somebody on a Discord server: their id and roles there, and what Discord's own permissions let them do. */
export type Member = {
  id: string
  roles: string[]
  managesMessages: boolean
  managesServer: boolean
  ownsServer: boolean
}

/** Whether somebody may use a command. Throws UserError access.denied, which names it */
export function requireAccessTo(
  settings: Settings,
  member: Member,
  { access, name }: { access: Access; name: string },
): void {
  if (!isAllowed(settings, member, access))
    throw new UserError('access.denied', `Expected somebody who is ${access} here, received another`, {
      access,
      command: name,
    })
}

/** Throws UserError access.denied */
export function requireAccess(settings: Settings, member: Member, access: Access): void {
  if (!isAllowed(settings, member, access))
    throw new UserError('access.denied', `Expected somebody who is ${access} here, received another`, { access })
}

/**
 * Managers may do everything but what only the owner or the operator may. Whoever may manage messages teaches, trains
 * and reviews. Roles in the settings give the same to others.
 */
export function isAllowed({ roles }: Settings, member: Member, access: Access): boolean {
  if (access === 'operator') return false
  if (access === 'member' || member.ownsServer) return true
  if (access === 'owner') return false
  const has = (name: keyof Settings['roles']): boolean =>
    roles[name] !== undefined && member.roles.includes(roles[name])
  if (member.managesServer || has('manager')) return true
  return access !== 'manager' && (member.managesMessages || has(access))
}
