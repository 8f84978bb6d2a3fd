import { startWorkerEarly } from '../src/db/sqlite/start-worker.ts'
import { startInferenceThreadEarly } from '../src/workers/inference/start-thread.ts'

const argv = process.argv.slice(2)
const isHelp = argv.length === 0 || argv.some((word) => /^(-h|--help|--version|help)$/.test(word))
if (!isHelp) startWorkerEarly()
// These wait for it first.
if (!isHelp && /^(predict|label|import|train)$/.test(argv[0] ?? '')) startInferenceThreadEarly()

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
