// Threads that train step back behind those that answer, and take nobody else with them.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Worker } from 'node:worker_threads'

const skip = process.platform !== 'linux' && 'only on Linux a thread has a priority of its own'

/** Of each thread of this process, by its id: after the name in parentheses, the 17th field. */
function niceness(): Map<number, number> {
  const folder = '/proc/self/task'
  return new Map(
    readdirSync(folder).map((id) => {
      const fields = readFileSync(`${folder}/${id}/stat`, 'utf8').split(') ').at(-1)!.split(' ')
      return [Number(id), Number(fields[16])]
    }),
  )
}

test('one thread gets a lower priority; the others keep theirs', { skip }, async () => {
  const before = niceness()
  const code = `
    import { parentPort } from 'node:worker_threads'
    import { lowerThreadPriority } from '${new URL('../../src/workers/low-priority.ts', import.meta.url)}'
    lowerThreadPriority()
    parentPort.on('message', () => {}).postMessage('ready')`
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`))
  await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject))
  const now = niceness()
  assert.equal(now.get(process.pid), before.get(process.pid))
  for (const [id, nice] of before) if (now.has(id)) assert.equal(now.get(id), nice)
  const lowered = [...now.values()].filter((nice) => nice > before.get(process.pid)!)
  assert.equal(lowered.length, 1)
  await worker.terminate()
})
