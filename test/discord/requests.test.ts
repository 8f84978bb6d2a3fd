// An operator forgets somebody from a terminal while the bot serves.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import SQLite from 'better-sqlite3'
import { inWorld, type World } from '../support/discord/world.ts'
import { MAIN } from '../support/mekiki.ts'
import { until } from '../support/until.ts'

/** What a query finds in the bot's database. */
function query<T>({ home }: World, text: string): T[] {
  const database = new SQLite(join(home, 'mekiki.sqlite'), { readonly: true })
  try {
    return database.prepare<[], T>(text).all()
  } finally {
    database.close()
  }
}

/** Files of the database that hold a text. */
const filesWith = ({ home }: World, text: string): string[] =>
  ['mekiki.sqlite', 'mekiki.sqlite-wal'].filter(
    (name) => existsSync(join(home, name)) && readFileSync(join(home, name)).includes(text),
  )

test('the bot goes on without them: files, log and versions', () =>
  inWorld(async (world) => {
    const { guild, home, people, pictures, stand } = world
    await world.start()
    const guest = { guild, user: stand.addUser('guest', guild, 'moderators') }
    await stand.textOf(stand.command(guest, 'label', { label: 'Akari' }, await pictures('Akari', 20, 22)), /Added 2/)
    await world.runTrainingJob(people.teacher, ['Akari', 'Botan'], 4)
    const before = query<{ number: number }>(world, 'select number from versions').map((v) => v.number)
    assert.ok(before.length > 0)
    assert.ok(filesWith(world, guest.user.id).length > 0)

    const args = [MAIN, 'forget', guest.user.id, '--yes', '--json']
    const { stdout } = await promisify(execFile)(process.execPath, args, {
      env: { ...process.env, MEKIKI_HOME: home },
      cwd: world.root,
    })
    assert.deepEqual(JSON.parse(stdout), { person: guest.user.id, examples: 2 })
    await until(
      () => filesWith(world, guest.user.id).length === 0,
      () => `still in ${filesWith(world, guest.user.id)}`,
    )
    assert.match(await stand.textOf(stand.command(guest, 'export')), /nothing stored about you here/)
    // The bot trains by itself, and what had learned from them goes.
    const numbers = () => query<{ number: number }>(world, 'select number from versions').map((v) => v.number)
    await until(
      () => numbers().every((number) => !before.includes(number)),
      () => `versions ${numbers()}`,
    )
    assert.ok(numbers().length > 0)
    const asked = stand.command(people.member, 'predict', {}, await pictures('Akari', 30, 31))
    assert.match(await stand.textOf(asked), /Akari|Botan|recognise/)
  }))
