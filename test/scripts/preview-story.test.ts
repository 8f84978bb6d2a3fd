// The first steps of the preview's story, with the real bot.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drawPage } from '../../scripts/preview/page.ts'
import { openStage } from '../../scripts/preview/stage.ts'
import { beginStory } from '../../scripts/preview/story.ts'

test('the story begins: welcome, set-up, and the first pictures, as the real bot says it', async () => {
  const stage = await openStage()
  let problems: string[]
  try {
    await beginStory(stage)
  } finally {
    problems = await stage.close()
  }
  assert.deepEqual(problems, [])
  const [welcome, labels] = stage.scenes
  assert.equal(welcome?.entries.filter((e) => e.kind === 'message').length, 4)
  assert.ok(labels?.entries.some((e) => e.kind === 'form'))
  const html = drawPage(stage.scenes, stage.names())
  assert.match(html, /<b>Mekiki<\/b><span class="app">/)
  assert.match(html, /src="data:image\/webp;base64,/)
  assert.doesNotMatch(html, /127\.0\.0\.1|attachment:/)
})
