#!/usr/bin/env node
// Starts the program: JavaScript from dist/ in the published package, TypeScript from bin/ in the tree.
// The tree has a Node among its development packages, for machines whose own is too old.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const file = (path) => fileURLToPath(new URL(path, import.meta.url))
const isTree = existsSync(file('./main.ts'))
const [major, minor] = process.versions.node.split('.').map(Number)

if (major > 22 || (major === 22 && minor >= 19)) {
  await import('./runtime.js')
  await import(isTree ? './main.ts' : '../dist/bin/main.js')
} else if (isTree) startOn(file(`../node_modules/node/bin/node${process.platform === 'win32' ? '.exe' : ''}`))
else fail('update it')

function startOn(node) {
  if (!existsSync(node)) return fail('update it, or run `npm ci` here')
  const { status, signal } = spawnSync(node, [file('./mekiki.js'), ...process.argv.slice(2)], { stdio: 'inherit' })
  process.exitCode = status ?? (signal === 'SIGINT' ? 130 : 70)
}

function fail(todo) {
  process.stderr.write(`Expected Node 22.19 or newer, received ${process.version}: ${todo}\n`)
  process.exitCode = 1
}
