#!/usr/bin/env node
// Starts bin/main.ts on a Node that runs TypeScript: this one where it is new enough, else the one of the packages.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const [major, minor] = process.versions.node.split('.').map(Number)
if (major > 22 || (major === 22 && minor >= 19)) await import('./main.ts')
else {
  const node = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url))
  if (!existsSync(node)) {
    process.stderr.write(
      `Expected Node 22.19 or newer, received ${process.version}: update it, or run \`npm ci\` here\n`,
    )
    process.exit(1)
  }
  const main = fileURLToPath(new URL('./main.ts', import.meta.url))
  const { status, signal } = spawnSync(node, [main, ...process.argv.slice(2)], { stdio: 'inherit' })
  process.exitCode = status ?? (signal === 'SIGINT' ? 130 : 70)
}
