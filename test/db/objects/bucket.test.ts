import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Agent } from 'undici'
import { type BucketOptions, openBucket } from '../../../src/db/objects/bucket.ts'
import { BUCKET, KEYS, startS3 } from '../../support/s3.ts'

const bytes = Buffer.from('some bytes that nobody reads without a key')
const IMPATIENT = { attemptMs: 200, attempts: 2, backoffMs: 1 }

async function open(more: Partial<BucketOptions> = {}) {
  const s3 = await startS3()
  return { s3, bucket: openBucket({ ...s3.options, ...IMPATIENT, ...more }) }
}

test('objects are put, read and deleted under the prefix; what is not there is nothing', async () => {
  const { s3, bucket } = await open()
  await bucket.put('a1/b2-c_3', bytes)
  assert.deepEqual([...s3.objects.keys()], ['mekiki/a1/b2-c_3'])
  assert.deepEqual(await bucket.get('a1/b2-c_3'), bytes)
  await bucket.delete('a1/b2-c_3')
  await bucket.delete('a1/b2-c_3')
  assert.equal(await bucket.get('a1/b2-c_3'), undefined)
  assert.deepEqual(
    s3.refused.map((r) => r.code),
    ['NoSuchKey'],
  )
})

test('a bucket that is named in front of the host is signed for that host', async () => {
  const s3 = await startS3({ style: 'host' })
  const toLoopback = new Agent({
    connect: { lookup: (_host, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]) },
  })
  const base = `http://${BUCKET}.s3.example.test:${s3.port}/`
  const bucket = openBucket({ ...s3.options, ...IMPATIENT, base, dispatcher: toLoopback })
  await bucket.put('k', bytes)
  assert.deepEqual(await bucket.get('k'), bytes)
  await bucket.close()
})

test('what goes wrong has a code of its own', async () => {
  const { s3, bucket } = await open()
  const refusals: [status: number, code: string, expected: string][] = [
    [403, 'AccessDenied', 'bucket.denied'],
    [403, '', 'bucket.denied'],
    [301, 'PermanentRedirect', 'bucket.region'],
    [400, 'IllegalLocationConstraintException', 'bucket.region'],
    [403, 'QuotaExceeded', 'bucket.full'],
    [507, 'XMinioStorageFull', 'bucket.full'],
    [403, 'XMinioAdminBucketQuotaExceeded', 'bucket.full'],
    [403, 'ExpiredToken', 'bucket.credentials'],
    [503, 'SlowDown', 'bucket.unreachable'],
    [500, 'InternalError', 'bucket.unreachable'],
    [404, '', 'bucket.refused'],
    [400, 'SomethingElse', 'bucket.refused'],
  ]
  for (const [status, code, expected] of refusals) {
    s3.control.react = () => ({ status, code })
    await assert.rejects(bucket.put('k', bytes), { code: expected }, code)
    await assert.rejects(bucket.get('k'), { code: expected }, code)
  }
  assert.equal(s3.objects.size, 0)
})

test('wrong keys, a wrong region, which is named, and a bucket that is not there', async () => {
  const { s3 } = await open()
  const put = (more: Partial<BucketOptions>) => openBucket({ ...s3.options, ...IMPATIENT, ...more }).put('k', bytes)
  await assert.rejects(put({ accessKeyId: 'SOMEBODY' }), { code: 'bucket.credentials' })
  await assert.rejects(put({ secretAccessKey: `${KEYS.secretAccessKey}x` }), { code: 'bucket.credentials' })
  await assert.rejects(put({ region: 'us-east-1' }), (error: Error & { code?: string }) => {
    assert.equal(error.code, 'bucket.region')
    assert.match(error.message, /eu-test-1/)
    return true
  })
  await assert.rejects(put({ base: s3.options.base.replace(BUCKET, 'other') }), { code: 'bucket.not-found' })
  assert.equal(s3.objects.size, 0)
})

test('what passes is tried again: a bucket that is busy, and connections that are cut', async () => {
  const { s3, bucket } = await open({ attempts: 4 })
  const reactions = [{ status: 503, code: 'SlowDown' }, 'reset', { status: 500, code: 'InternalError' }] as const
  let at = 0
  s3.control.react = () => reactions[at++]
  await bucket.put('k', bytes)
  assert.equal(s3.asked.length, 4)
  assert.deepEqual(s3.objects.get('mekiki/k'), bytes)
})

test('what does not pass is not tried again', async () => {
  const { s3, bucket } = await open()
  s3.control.react = () => ({ status: 403, code: 'AccessDenied' })
  await assert.rejects(bucket.get('k'), { code: 'bucket.denied' })
  assert.equal(s3.asked.length, 1)
})

test('a bucket that hangs, and one that nobody reaches, are given up', async () => {
  const { s3, bucket } = await open({ attempts: 4 })
  s3.control.react = () => 'hang'
  await assert.rejects(bucket.get('k'), { code: 'bucket.unreachable' })
  assert.equal(s3.asked.length, 2)
  await s3.close()
  await assert.rejects(bucket.get('k'), { code: 'bucket.unreachable' })
})

test('a clock that differs is allowed for, from what the bucket says', async () => {
  const { s3, bucket } = await open()
  s3.control.aheadMs = -3 * 3600_000
  await bucket.put('k', bytes)
  assert.deepEqual(
    s3.refused.map((r) => r.code),
    ['RequestTimeTooSkewed'],
  )
  await bucket.put('l', bytes)
  assert.equal(s3.refused.length, 1)
  // One that refuses whatever it is told.
  s3.control.react = () => ({ status: 403, code: 'RequestTimeTooSkewed' })
  await assert.rejects(bucket.get('k'), { code: 'bucket.clock' })
})

test('a hundred are read at once, a bounded number of them in flight', async () => {
  const { s3, bucket } = await open({ attemptMs: 5_000 })
  for (let i = 0; i < 100; i++) s3.objects.set(`mekiki/${i}`, Buffer.from(String(i)))
  s3.control.delayMs = 5
  const read = await Promise.all(Array.from({ length: 100 }, (_, i) => bucket.get(String(i))))
  assert.deepEqual(
    read.map(String),
    Array.from({ length: 100 }, (_, i) => String(i)),
  )
  assert.ok(s3.load.most > 1 && s3.load.most <= 24, `${s3.load.most} at once`)
})
