import { runTerminal } from './doors/terminal/terminal.ts'

process.exitCode = await runTerminal(process.argv.slice(2))
