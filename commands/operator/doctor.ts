import { type CommandEvent, defineCommand, result } from '../../src/commands/define.ts'
import { config } from '../../src/config.ts'
import { UserError } from '../../src/errors.ts'
import { type Check, checkRuntime, runChecks } from '../../src/services/doctor.ts'

export default defineCommand({
  name: 'doctor',
  summary: 'check runtime, database, weights, write access, memory, Discord, and say what to do',
  access: 'operator',
  frontEnds: ['cli'],
  options: {},
  examples: ['doctor'],
  async *run({ app, dataset }) {
    const checks: Check[] = []
    for await (const check of runChecks(app, dataset, config.home)) checks.push(check)
    // Loaded when it is wanted: every other verb starts sooner without.
    const { runDiscordChecks } = await import('../../src/services/discord-check.ts')
    for await (const check of runDiscordChecks()) checks.push(check)
    yield* report(checks)
  },
  *onDatabaseError(error) {
    if (!(error instanceof UserError)) throw error
    const todo = TODO[error.code] ?? 'see the message'
    yield* report([checkRuntime(), { check: 'database', ok: false, found: error.message, todo }])
  },
})

const TODO: Record<string, string> = {
  'home.not-writable': 'let this user write there, or set MEKIKI_HOME to another folder',
  'database.damaged': 'restore a backup, or set MEKIKI_HOME to another folder',
  'database.newer': 'update Mekiki',
}

function* report(checks: Check[]): Generator<CommandEvent> {
  const broken = checks.filter((c) => !c.ok)
  yield result('checked', { ok: broken.length === 0, checks })
  if (broken.length > 0)
    throw new UserError(
      'doctor.found',
      `Expected all to be well, found trouble with: ${broken.map((c) => c.check).join(', ')}`,
    )
}
