// A bot whose pictures lie in a bucket: labels are taught from the chat, a picture is recognized, shown, and deleted, and so is its object.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { inWorld } from '../support/discord/world.ts'
import { startS3 } from '../support/s3.ts'

const KEY_BYTES = 32
const EACH = 8
/** How every stored copy begins. */
const JPEG = Buffer.from([0xff, 0xd8, 0xff])

test('labels are added from the chat, a picture is recognized, shown and deleted, all by way of the bucket', async () => {
  const s3 = await startS3()
  await inWorld(async ({ stand, people, pictures, start, runTrainingJob }) => {
    const bot = await start({ DATA_KEY: randomBytes(KEY_BYTES).toString('base64'), ...s3.env })
    await runTrainingJob(people.manager, ['Akari', 'Botan'], EACH)
    assert.equal(s3.objects.size, 2 * EACH)
    for (const bytes of s3.objects.values()) assert.ok(!bytes.includes(JPEG))

    const asked = stand.command(people.member, 'predict', {}, await pictures('Akari', EACH, EACH + 1))
    assert.match(await stand.textOf(asked, /Akari/), /Akari/)
    const reads = () => s3.asked.filter(({ method }) => method === 'GET').length
    const before = reads()
    const why = stand.press(people.teacher, asked.message!, 'Why?')
    assert.match(await stand.textOf(why), /looks most like these/)
    assert.equal(why.message!.attachments.length, 1)
    assert.ok(reads() > before, 'what is shown was read from the bucket')

    // While the bucket denies, people are told, and nothing is half there.
    s3.control.react = () => ({ status: 403, code: 'AccessDenied' })
    const denied = stand.command(people.teacher, 'label', { label: 'Botan' }, await pictures('Botan', 20, 21))
    const told = await stand.textOf(denied, /operator/)
    assert.doesNotMatch(told, /Added/)
    s3.control.react = () => undefined
    const again = stand.command(people.teacher, 'label', { label: 'Botan' }, await pictures('Botan', 20, 21))
    assert.match(await stand.textOf(again, /Added 1/), /Botan/)
    assert.equal(s3.objects.size, 2 * EACH + 1)

    const [wrong] = await pictures('Botan', 0, 1)
    await stand.textOf(stand.command(people.teacher, 'unlabel', { label: 'Botan' }, [wrong!]), /Removed 1/)
    // What a row no longer refers to is deleted every minute, and at the end.
    assert.equal(await bot.stop(), 0)
    assert.equal(s3.objects.size, 2 * EACH)
  })
})
