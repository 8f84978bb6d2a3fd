import { parseArgs } from 'node:util'
import { errorCode, UserError } from '../errors.ts'
import { ROLES, type Role } from './roles.ts'

export const USAGE = `Usage: mekiki serve [--role all|${ROLES.join('|')}]

Serves Discord and, where WEB_URL is set, the page. By default one process does it all. With PostgreSQL (DATABASE_URL) several
processes share the work, on as many machines as it takes: docs/scale.md.
`

type StartOptions = { roles: readonly Role[]; help: boolean }

/** What follows `mekiki serve`. Throws UserError serve.usage */
export function readStartOptions(argv: string[]): StartOptions {
  const { role, help } = parse(argv)
  if (role === 'all') return { roles: ROLES, help }
  const found = ROLES.find((name) => name === role)
  if (!found) throw new UserError('serve.usage', `Expected --role all, ${ROLES.join(', ')}, received ${role}`)
  return { roles: [found], help }
}

function parse(args: string[]): { role: string; help: boolean } {
  const options = {
    role: { type: 'string', default: 'all' },
    help: { type: 'boolean', short: 'h', default: false },
  } as const
  try {
    return parseArgs({ args, options }).values
  } catch (error) {
    if (!errorCode(error)?.startsWith('ERR_PARSE_ARGS')) throw error
    throw new UserError('serve.usage', error instanceof Error ? error.message : String(error))
  }
}
