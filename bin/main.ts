import { startWorkerEarly } from '../src/db/sqlite/start-worker.ts'

const argv = process.argv.slice(2)
if (argv.length > 0 && !argv.some((word) => /^(-h|--help|--version|help)$/.test(word))) startWorkerEarly()

const { registry } = await import('../commands/registry.ts')

// A front end is loaded when it is used: the command line needs no discord.js.
if (argv[0] === 'serve') {
  const { runServe } = await import('../src/roles/serve.ts')
  process.exitCode = await runServe(argv.slice(1), registry)
} else if (argv[0] === 'web') {
  const { runWebOrExplain } = await import('../src/web/run.ts')
  process.exitCode = await runWebOrExplain(argv.slice(1), registry)
} else {
  const { runCli } = await import('../src/cli/cli.ts')
  process.exitCode = await runCli(argv, registry)
}
