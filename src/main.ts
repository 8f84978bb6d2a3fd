const argv = process.argv.slice(2)

// A door is loaded when it is used: a terminal needs no chat.
if (argv[0] === 'serve') process.exitCode = await (await import('./doors/discord/discord.ts')).runDiscord()
else process.exitCode = await (await import('./doors/terminal/terminal.ts')).runTerminal(argv)
