// The log for people: one readable line, and JSON where nobody looks.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { formatLogLine } from '../src/log-lines.ts'

const ENTRY = { level: 30, time: Date.UTC(2026, 10, 26, 12, 30, 5), msg: 'ready', bot: 'Mekiki', servers: 3 }

test('a line says when, how grave, what, and what else is known', () => {
  const line = formatLogLine(JSON.stringify(ENTRY), false)
  assert.match(line, /^\d\d:30:05 {2}info {3}ready {2}bot: Mekiki {2}servers: 3\n$/)
})

test('an error stands below its line, with what caused it', () => {
  const err = { name: 'Error', code: 'EIO', message: 'no', stack: '    at a (b.ts:1)', cause: { name: 'TypeError' } }
  const line = formatLogLine(JSON.stringify({ ...ENTRY, level: 50, err }), false)
  assert.match(line, /error {2}ready.*\n {4}Error \(EIO\) no\n {4}at a \(b\.ts:1\)\n {4}because of TypeError\n$/)
})

test('what a line holds cannot move the cursor or colour the terminal', () => {
  const line = formatLogLine(JSON.stringify({ ...ENTRY, bot: 'a\u001b[2Jb\nc' }), false)
  assert.equal(line.includes('\u001b'), false)
  assert.equal(line.split('\n').length, 2)
})

test('colours are there where they are wanted', () => {
  assert.ok(formatLogLine(JSON.stringify(ENTRY), true).includes('\u001b[32m'))
})

const LOGGER = new URL('../src/logger.ts', import.meta.url).href

/** What a process that logs writes into a pipe. */
function write(format: string): string {
  const code = `const { openLogger } = await import(${JSON.stringify(LOGGER)})
    const log = openLogger('info', () => ({ name: 'Error' }), { format: '${format}', isColoured: false })
    log.debug('unsaid')
    log.info({ token: 'secret', content: 'text', servers: 2 }, 'ready')`
  return execFileSync(process.execPath, ['--input-type=module', '--eval', code], { encoding: 'utf8' })
}

test('LOG_FORMAT: JSON in a pipe by itself, lines for people on request, and never what is secret', () => {
  for (const format of ['auto', 'json']) {
    const { msg, servers, token, content } = JSON.parse(write(format))
    assert.deepEqual([msg, servers, token, content], ['ready', 2, undefined, undefined])
  }
  assert.match(write('pretty'), /^\d\d:\d\d:\d\d {2}info {3}ready {2}servers: 2\n$/)
})
