import './runtime.ts'

const argv = process.argv.slice(2)

// A door is loaded when it is used: a terminal needs no chat.
if (argv[0] === 'serve') {
  const { runDiscord } = await import('./doors/discord/discord.ts')
  process.exitCode = await runDiscord()
} else {
  const { runTerminal } = await import('./doors/terminal/terminal.ts')
  process.exitCode = await runTerminal(argv)
}
