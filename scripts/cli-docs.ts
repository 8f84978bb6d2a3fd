// Writes docs/cli.md from what the commands declare. With --check: exits with 1 if the file is not what would be written.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { registry } from '../commands/registry.ts'
import { describeCli } from './cli-docs/describe-cli.ts'

const file = fileURLToPath(new URL('../docs/cli.md', import.meta.url))
const environment = readFileSync(new URL('../.env.example', import.meta.url), 'utf8')
const text = await describeCli(registry, environment)

if (!process.argv.includes('--check')) writeFileSync(file, text)
else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
  process.stderr.write('docs/cli.md is stale: run `npm run cli-docs` and commit it\n')
  process.exitCode = 1
}
