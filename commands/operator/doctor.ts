import { type CommandEvent, defineCommand, result, type Screen } from '../../src/commands/define.ts'
import { config } from '../../src/config.ts'
import { UserError } from '../../src/errors.ts'
import { type Check, checkRuntime, runChecks } from '../../src/services/doctor.ts'
import { checkBot, checkSecrets, checkSettings } from '../../src/services/operator-checks.ts'

export default defineCommand({
  name: 'doctor',
  summary: 'check the runtime, database, weights, permissions, memory and Discord, and say how to fix what is wrong',
  access: 'operator',
  frontEnds: ['cli', 'web'],
  options: {},
  examples: ['doctor'],
  async *run({ app, dataset, screen }) {
    const checks = await Array.fromAsync(runChecks(app, dataset, config.home))
    const settings = checkSettings()
    checks.push(settings, ...checkSecrets(), await checkBot(app))
    if (settings.ok) {
      // Loaded only here, so that other commands start sooner.
      const { runDiscordChecks } = await import('../../src/services/discord-check.ts')
      for await (const check of runDiscordChecks()) checks.push(check)
    }
    yield* report(checks, screen)
  },
  *onDatabaseError(error) {
    if (!(error instanceof UserError)) throw error
    const todo = REMEDIES[error.code] ?? 'see the message'
    yield* report([checkRuntime(), { check: 'database', ok: false, found: error.message, todo }])
  },
})

const REMEDIES: Record<string, string> = {
  'config.invalid': 'correct it in the environment or in .env (docs/configuration.md)',
  'home.not-writable': 'let this user write there, or set MEKIKI_HOME to another folder',
  'database.damaged': `restore a backup (${config.program} backup restore FILE), or set MEKIKI_HOME to another folder`,
  'database.newer': 'update Mekiki',
  'data.key-missing': 'set DATA_KEY to the key that the pictures were encrypted with',
  'data.key-wrong': 'put the right key into DATA_KEY, or both (NEW,OLD) and run `encrypt`',
}

/** On a command line it is an error if a check failed. Throws UserError doctor.found after the result */
function* report(checks: Check[], screen?: Screen): Generator<CommandEvent> {
  const failed = checks.filter((c) => !c.ok).map((c) => c.check)
  yield result('checked', { ok: failed.length === 0, checks })
  if (failed.length > 0 && !screen)
    throw new UserError('doctor.found', `Expected every check to pass, found problems with: ${failed.join(', ')}`)
}
