import { registry } from '../commands/registry.ts'

const argv = process.argv.slice(2)

// A front end is loaded when it is used: the command line needs no discord.js.
if (argv[0] === 'serve') {
  const { runDiscord } = await import('../src/discord/bot.ts')
  process.exitCode = await runDiscord(registry)
} else {
  const { runCli } = await import('../src/cli/cli.ts')
  process.exitCode = await runCli(argv, registry)
}
