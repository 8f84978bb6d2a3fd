// Eyes that die with a job in hand: another one is started, and the job is done once more, and only once.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Worker } from 'node:worker_threads'
import { draw } from '../../../demo/characters.ts'
import { EMBEDDED } from '../../../models/backbones/registry.ts'
import { InferencePool, retryAfterCrash } from '../../../src/workers/inference/pool.ts'

const root = mkdtempSync(join(tmpdir(), 'mekiki-pool-'))
const pool = new InferencePool(EMBEDDED, 1)
const dead: { eye: Worker; replied: Promise<unknown> }[] = []
after(async () => {
  await pool.close()
  for (const { eye, replied } of dead) {
    await replied
    await eye.terminate()
  }
  rmSync(root, { recursive: true })
})

/** Stopping a thread inside the network would take this process along: it is only said to have died. */
function crash(): void {
  const [eye] = [...(pool as unknown as { inferencePool: Map<Worker, unknown> }).inferencePool.keys()]
  // It goes on with the job that it has, and must be let end before it is stopped.
  dead.push({ eye: eye!, replied: new Promise((done) => eye!.once('message', done)) })
  eye!.emit('error', new Error('out of memory'))
}

const file = await draw(root, 'Akari', 1)
const embed = async (): Promise<Float32Array> => (await pool.embed(new Uint8Array(readFileSync(file)), ['plain']))[0]!

test('one crash: the same answer, from another eye', async () => {
  const expected = await embed()
  const again = retryAfterCrash(embed)
  crash()
  assert.deepEqual(await again, expected)
  assert.equal(dead.length, 1)
})

test('two crashes over one picture: an error of its own, and the next picture is seen', async () => {
  let tries = 0
  const cursed = retryAfterCrash(() => {
    const work = embed()
    if (++tries <= 2) crash()
    return work
  })
  await assert.rejects(cursed, { code: 'busy.crashed' })
  assert.equal(tries, 2)
  assert.ok((await embed()).length > 100)
})
