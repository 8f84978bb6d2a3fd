// Inference workers that die with a job: another one is started, and the job is done once more, and only once.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Worker } from 'node:worker_threads'
import { draw } from '../../../demo/characters.ts'
import { EMBEDDED } from '../../../models/backbones/registry.ts'
import { InferencePool } from '../../../src/workers/inference/pool.ts'
import { startInferenceThread } from '../../../src/workers/inference/start-thread.ts'
import { retryAfterCrash } from '../../../src/workers/inference/worker-crash.ts'

const root = mkdtempSync(join(tmpdir(), 'mekiki-pool-'))
const started: Worker[] = []
const pool = new InferencePool(EMBEDDED, 1, (backbone) => {
  const thread = startInferenceThread(backbone)
  started.push(thread)
  return thread
})
const crashed: { thread: Worker; replied: Promise<unknown> }[] = []
after(async () => {
  await pool.close()
  for (const { thread, replied } of crashed) {
    await replied
    await thread.terminate()
  }
  rmSync(root, { recursive: true })
})

/** Stopping a thread inside the network would take this process along: it is only said to have died. */
function crash(): void {
  const thread = started.at(-1)
  assert.ok(thread)
  // It goes on with the job that it has, and must be let end before it is stopped.
  crashed.push({ thread, replied: new Promise((done) => thread.once('message', done)) })
  thread.emit('error', new Error('out of memory'))
}

const file = await draw(root, 'Akari', 1)
const read = (): Uint8Array => new Uint8Array(readFileSync(file))
const embed = async (): Promise<Float32Array> => {
  const [features] = await pool.embed(read(), ['plain'])
  assert.ok(features)
  return features
}

test('one crash: the same answer, from another worker', async () => {
  const expected = await embed()
  const again = retryAfterCrash(embed)
  crash()
  assert.deepEqual(await again, expected)
  assert.equal(crashed.length, 1)
  assert.equal(started.length, 2)
})

test('three crashes over one picture: an error of its own, and the next picture is answered', async () => {
  let tries = 0
  const cursed = retryAfterCrash(() => {
    const work = embed()
    if (++tries <= 3) crash()
    return work
  })
  await assert.rejects(cursed, { code: 'busy.crashed' })
  assert.equal(tries, 3)
  assert.ok((await embed()).length > 100)
})

test('what is ingested has the features of the plain view, and a copy and hashes as buffers', async () => {
  const picture = await pool.ingest(read())
  assert.deepEqual(picture.features, await embed())
  assert.ok(Buffer.isBuffer(picture.copy) && Buffer.isBuffer(picture.pixelHash))
  assert.equal('input' in picture, false)
})

test('bytes that are no picture reject that job alone', async () => {
  await assert.rejects(pool.embed(new TextEncoder().encode('no picture'), ['plain']), { code: 'picture.not-a-picture' })
  assert.ok((await embed()).length > 100)
})

test('closed, it rejects new pictures and starts no worker', async () => {
  const other = new InferencePool(EMBEDDED, 1, () => assert.fail('started a worker'))
  await other.close()
  await assert.rejects(other.embed(read(), ['plain']), /closed/)
})
