// The page while pictures lie in a bucket: they are shown from there; one that is lost, or all while it is away, cost nothing else.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { strFromU8, unzipSync } from 'fflate'
import { draw } from '../../../demo/characters.ts'
import { sweepObjects } from '../../../src/db/objects/sweep-objects.ts'
import { personAsZip } from '../../../src/services/export/person-as-zip.ts'
import { forgetEverythingOf } from '../../../src/services/forgetting.ts'
import { startS3 } from '../../support/s3.ts'
import { openTestSite, PERSON, type TestSite } from '../../support/web/site.ts'

const LABELS = ['Akari', 'Botan']
const PER_LABEL = 3
const s3 = await startS3()
let site: TestSite
let files: Buffer[]
let fresh: Buffer
before(async () => {
  // Before the site, which from then on reads no drawings.
  const folder = mkdtempSync(join(tmpdir(), 'mekiki-drawn-'))
  const drawn = async (name: string, k: number): Promise<Buffer> => readFileSync(await draw(folder, name, k))
  const all = LABELS.flatMap((label) => Array.from({ length: PER_LABEL }, (_, k) => ({ label, k })))
  files = await Promise.all(all.map(({ label, k }) => drawn(label, k)))
  fresh = await drawn('Akari', 20)
  rmSync(folder, { recursive: true })
  const bucket = { ...s3.options, attempts: 2, attemptMs: 500, backoffMs: 1 }
  site = await openTestSite({ opening: { keys: [randomBytes(32)], bucket } })
  for (const [i, { label, k }] of all.entries()) {
    const response = await site.put('label', files[i]!, { label, name: `${label}-${k}.png` })
    assert.equal(response.status, 200, await response.text())
  }
})
after(() => site.close())

const objectOf = async (example: number): Promise<string> => {
  const query = site.app.db.selectFrom('examples').innerJoin('pictures', 'pictures.id', 'examples.picture')
  const row = await query.select('object').where('examples.id', '=', example).executeTakeFirstOrThrow()
  return `mekiki/${row.object}`
}
const shown = (example: number, size: number): Promise<Response> =>
  site.request(`/api/local/main/pictures/${example}?size=${size}`)

const told = async (response: Response): Promise<any> => response.json()

/** The answer to a picture, with those that it is like. */
async function explained(): Promise<{ gallery: unknown[]; answer: { lines?: string[] } }> {
  const { results } = await told(await site.put('predict', files[0]!, { why: 'true', name: 'a.png' }))
  return results.find((one: { key: string }) => one.key === 'predicted') ?? assert.fail('no answer')
}

test('pictures of every size come from the bucket; one that it lost is not found, and named in no other error', async () => {
  for (const size of [160, 320, 512]) assert.equal((await shown(1, size)).status, 200)
  const key = await objectOf(2)
  const kept = s3.objects.get(key)!
  s3.objects.delete(key)
  const lost = await shown(2, 512)
  assert.deepEqual([lost.status, (await told(lost)).code], [404, 'picture.gone'])
  s3.objects.set(key, Buffer.concat([kept, kept]))
  assert.equal((await told(await shown(2, 320))).code, 'data.damaged')
  s3.objects.set(key, kept)
  assert.equal((await shown(2, 320)).status, 200)
})

test('what somebody exports of themselves says which pictures are lost', async () => {
  const key = await objectOf(2)
  const kept = s3.objects.get(key)!
  s3.objects.delete(key)
  const zip = Buffer.concat(await Array.fromAsync(personAsZip(site.app, { by: PERSON, server: undefined })))
  const unpacked = unzipSync(zip)
  const { filed } = JSON.parse(strFromU8(unpacked['my-data.json']!)) as { filed: { path: string | null }[] }
  assert.deepEqual([filed.length, filed.filter(({ path }) => path === null).length], [2 * PER_LABEL, 1])
  assert.equal(Object.keys(unpacked).length, 2 * PER_LABEL)
  s3.objects.set(key, kept)
})

test('while the bucket is away, answers go on and say what they cannot show; additions are refused, and kept nowhere', async () => {
  await site.run('train')
  const whole = await explained()
  assert.ok(whole.gallery.length > 0)
  s3.control.react = () => 'reset'
  const { gallery, answer } = await explained()
  assert.deepEqual(gallery, [])
  assert.match((answer.lines ?? []).join('\n'), /can’t be read at the moment/)
  const away = await shown(3, 512)
  assert.deepEqual([away.status, (await told(away)).code], [503, 'bucket.unreachable'])
  const refused = await site.put('label', fresh, { label: 'Akari', name: 'fresh.png' })
  assert.equal((await told(refused)).code, 'bucket.unreachable')
  await site.run('train')
  s3.control.react = () => undefined
  assert.equal((await site.put('label', fresh, { label: 'Akari', name: 'fresh.png' })).status, 200)
})

test('who is forgotten leaves nothing in the bucket', async () => {
  await forgetEverythingOf(site.app, { by: PERSON, server: undefined })
  await sweepObjects(site.app.db)
  // What failed above may have arrived after all, for all that is known: it is due within the hour.
  const HOUR_MS = 3_600_000
  await sweepObjects(site.app.db, Date.now() + 2 * HOUR_MS)
  assert.equal(s3.objects.size, 0)
})
