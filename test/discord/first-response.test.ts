// Every interaction is handled once, whatever becomes of its first response and however often its event comes.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Loss } from '../support/discord/faults.ts'
import { inWorld } from '../support/discord/world.ts'
import { until } from '../support/until.ts'

const LOSSES: Loss[] = ['reset', 'closed', 'bad gateway']
const CALLBACK = /^POST \/interactions/

test('Discord’s answer to an acknowledgement is lost: the command goes on', () =>
  inWorld(async ({ stand, people, start, runTrainingJob, pictures }) => {
    await start()
    await runTrainingJob(people.teacher, ['Akari', 'Botan'], 3)
    const files = await pictures('Akari', 30, 31)
    const lose = (loses: Loss) => stand.faults.push({ path: CALLBACK, times: 1, loses })
    for (const loss of LOSSES) {
      lose(loss)
      const asked = stand.command(people.member, 'predict', {}, files)
      assert.match(await stand.textOf(asked, / %/), / %/)
      // A button that changes its message, suggestions and a form are first responses, too.
      lose(loss)
      assert.ok(asked.message)
      await stand.textOf(stand.press(people.member, asked.message, 'Right'), /./)
      lose(loss)
      const suggested = await stand.answerTo(stand.suggest(people.teacher, 'label', 'label', 'a'))
      assert.equal(suggested.type, 8)
      lose(loss)
      assert.equal((await stand.answerTo(stand.command(people.teacher, 'label'))).type, 9)
    }
    assert.ok(stand.faults.every(({ times }) => times === 0))
  }))

test('what another bot has acknowledged is left to it', () =>
  inWorld(async ({ stand, people, start }) => {
    const bot = await start()
    const isGivenUp = () => bot.logs.some((l) => l.msg === 'too late to answer')
    const asked = stand.command(people.member, 'labels')
    asked.type = 5
    await until(isGivenUp, bot.text)
    assert.equal(asked.edits, 0)
    assert.match(stand.complaints.pop() ?? '', /acknowledged twice/)
  }))

test('an interaction that comes again when the session is resumed is handled once', () =>
  inWorld(async ({ stand, people, start, pictures }) => {
    const bot = await start()
    const files = await pictures('Akari', 0, 1)
    // Discord asks for a RESUME, sends the command, and receives the RESUME: it sends the command again.
    stand.gateway.invalidate(true)
    const asked = stand.command(people.teacher, 'label', { label: 'Akari' }, files)
    await stand.textOf(asked, /Added 1 picture/)
    await until(() => bot.logs.some((l) => l.msg === 'resumed'), bot.text)
    stand.gateway.again('INTERACTION_CREATE')
    await stand.textOf(stand.command(people.member, 'labels'), /Akari/)
    assert.equal(stand.calls.filter((call) => CALLBACK.test(call)).length, 2)
  }))
