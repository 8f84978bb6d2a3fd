#!/usr/bin/env node
// Starts the program: JavaScript from dist/ in the published package, TypeScript from bin/ in the tree.
// The tree has a Node among its development packages, for machines whose own is too old.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const file = (path) => fileURLToPath(new URL(path, import.meta.url))
const isTree = existsSync(file('./main.ts'))
const [major, minor] = process.versions.node.split('.').map(Number)

if (major > 22 || (major === 22 && minor >= 19)) {
  // First: only what is loaded after it is compiled once for all starts.
  await import('./runtime.js')
  await import(isTree ? './main.ts' : '../dist/bin/main.js')
} else if (isTree) await runOn(file(`../node_modules/node/bin/node${process.platform === 'win32' ? '.exe' : ''}`))
else fail('update it')

/** Ends as the other process does: with its status, or by the same signal. */
async function runOn(node) {
  if (!existsSync(node)) return fail('update it, or run `npm ci` here')
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' })
  // A terminal sends Ctrl-C to both; a second one would end at once what is being finished.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  const [status, signal] = await once(child, 'exit')
  if (signal === null) process.exitCode = status
  else {
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  }
}

function fail(todo) {
  process.stderr.write(`Expected Node 22.19 or newer, received ${process.version}: ${todo}\n`)
  process.exitCode = 1
}
