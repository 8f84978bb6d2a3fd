import './runtime.ts'

const argv = process.argv.slice(2)

// A door is loaded when it is used: a terminal needs no chat.
if (argv[0] === 'serve') {
  const { runDiscord } = await import('../src/discord/bot.ts')
  process.exitCode = await runDiscord()
} else {
  const { runTerminal } = await import('../src/cli/cli.ts')
  process.exitCode = await runTerminal(argv)
}
