import { type CommandEvent, defineCommand, result, type Screen } from '../../src/commands/define.ts'
import { config } from '../../src/config.ts'
import { UserError } from '../../src/errors.ts'
import { checkBucket } from '../../src/services/bucket-check.ts'
import { type Check, checkRuntime, runChecks } from '../../src/services/doctor.ts'
import { checkBot, checkProcesses, checkSecrets, checkSettings } from '../../src/services/operator-checks.ts'
import { type ProcessReport, reportProcesses } from '../../src/services/process-problems.ts'

export default defineCommand({
  name: 'doctor',
  summary: 'check the runtime, database, weights, permissions, memory and Discord, and say how to fix what is wrong',
  access: 'operator',
  frontEnds: ['cli', 'web'],
  options: {},
  examples: ['doctor'],
  async *run({ app, dataset, screen }) {
    const checks = await Array.fromAsync(runChecks(app, dataset, config.home))
    for await (const check of checkBucket(app)) checks.push(check)
    const settings = checkSettings()
    const processes = await reportProcesses(app)
    checks.push(settings, ...checkSecrets(), processes.state ? checkProcesses(processes) : await checkBot(app))
    if (settings.ok) {
      // Loaded only here, so that other commands start sooner.
      const { runDiscordChecks } = await import('../../src/services/discord-check.ts')
      for await (const check of runDiscordChecks()) checks.push(check)
    }
    yield* report(checks, { screen, processes })
  },
  *onDatabaseError(error) {
    if (!(error instanceof UserError)) throw error
    const todo = REMEDIES[error.code] ?? 'see the message'
    yield* report([checkRuntime(), { check: 'database', ok: false, found: error.message, todo }], {})
  },
})

const REMEDIES: Record<string, string> = {
  'config.invalid': 'correct it in the environment or in .env (docs/configuration.md)',
  'home.not-writable': 'let this user write there, or set MEKIKI_HOME to another folder',
  'database.damaged': `restore a backup (${config.program} backup restore FILE), or set MEKIKI_HOME to another folder`,
  'database.newer': 'update Mekiki',
  'database.unreachable': 'see that PostgreSQL runs where DATABASE_URL says, and lets this machine in',
  'database.login': 'correct the user and password in DATABASE_URL',
  'database.missing': 'create the database, or name another one in DATABASE_URL',
  'database.rights': 'give the user of DATABASE_URL the database (`alter database … owner to …`)',
  'database.too-old': 'update PostgreSQL to 14 or newer',
  'database.encoding': 'create another database, in UTF-8 (docs/operating/postgres.md)',
  'database.pooler': 'name PostgreSQL itself in DATABASE_URL, or a pooler in session mode',
  'database.read-only': 'name the primary in DATABASE_URL',
  'database.connections': 'stop processes that need no connection, or raise max_connections',
  'bucket.no-credentials': 'set S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY (docs/operating/pictures-in-s3.md)',
  'bucket.no-key': 'set DATA_KEY, or take PICTURES_URL away',
  'bucket.not-set': 'set PICTURES_URL to the bucket that the pictures lie in',
  'data.key-missing': 'set DATA_KEY to the key that the pictures were encrypted with',
  'data.key-wrong': 'put the right key into DATA_KEY, or both (NEW,OLD) and run `encrypt`',
}

type About = { screen?: Screen | undefined; processes?: ProcessReport }

/** On a command line it is an error if a check failed. Throws UserError doctor.found after the result */
function* report(checks: Check[], { screen, processes }: About): Generator<CommandEvent> {
  const failed = checks.filter((c) => !c.ok).map((c) => c.check)
  yield result('checked', { ok: failed.length === 0, checks })
  if (processes && (processes.state || processes.processes.length > 0)) yield result('processes', processes)
  if (failed.length > 0 && !screen)
    throw new UserError('doctor.found', `Expected every check to pass, found problems with: ${failed.join(', ')}`)
}
