// A picture that cannot be drawn costs the picture, not the answer.
import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import type { Result } from '../../src/commands/define.ts'
import { render } from '../../src/discord/cards/render.ts'
import type { BotContext } from '../../src/discord/context.ts'
import { discordMarkup } from '../../src/discord/markup.ts'
import { english } from '../../src/locales/en/en.ts'

test('the text is sent, other files too, and the log says why there is no picture', async () => {
  const warn = mock.fn()
  const bot = { log: { warn }, seesContent: true } as unknown as BotContext
  const result: Result = {
    key: 'added',
    values: { added: 1, duplicates: 0, rejected: [], label: 'cat' },
    thumbnailStrip: [Buffer.from('no JPEG')],
    files: [{ name: 'report.html', bytes: Buffer.from('<p>') }],
  }
  const { components, files } = await render(bot, [result], english(discordMarkup))
  const said = JSON.stringify(components)
  assert.match(said, /Added 1 picture to \*\*cat\*\*/)
  assert.match(said, /attachment:\/\/report\.html/)
  assert.doesNotMatch(said, /webp/)
  assert.equal(files.length, 1)
  assert.equal(warn.mock.callCount(), 1)
})
