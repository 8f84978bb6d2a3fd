// A PostgreSQL that is away for a moment: nothing ends, what is asked meanwhile fails clearly, and afterwards all goes on.
import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import { after, test } from 'node:test'
import { explainDatabaseError } from '../../../src/db/database-errors.ts'
import { countLabels } from '../../../src/db/labels.ts'
import { listen, openPostgres } from '../../../src/db/postgres/connection.ts'
import { notify } from '../../../src/db/postgres/notify.ts'
import { UserError } from '../../../src/errors.ts'
import { add, openMain } from '../../support/database.ts'
import { postgresUrl, skipWithoutPostgres } from '../../support/postgres.ts'
import { withDoor } from '../../support/postgres-between.ts'

const AT_ONCE = 30

test('while it is away', { skip: skipWithoutPostgres }, async () => {
  const direct = await postgresUrl()
  const door = await withDoor(direct)
  const db = await openPostgres(door.url)
  const beside = await openPostgres(direct)
  after(() => Promise.all([db.destroy(), beside.destroy()]))
  const dataset = await openMain(db, '1')
  const news = new EventEmitter()
  await listen(db, 'changes', () => news.emit('heard'))

  const added: number[] = []
  const failed: UserError[] = []
  const addOne = async (pixels: string): Promise<void> => {
    try {
      const id = await add(db, dataset, { label: 'cat', pixels })
      if (id !== undefined) added.push(id)
    } catch (error) {
      const explained = explainDatabaseError(error)
      assert.ok(explained instanceof UserError, String(error))
      failed.push(explained)
    }
  }
  const during = Array.from({ length: AT_ONCE }, (_, i) => addOne(`during ${i}`))
  await during[0]
  door.shut()
  await Promise.all([...during, ...Array.from({ length: AT_ONCE }, (_, i) => addOne(`away ${i}`))])
  assert.ok(failed.length >= AT_ONCE)
  for (const { code } of failed) assert.equal(code, 'database.unreachable')

  door.open()
  const heard = once(news, 'heard')
  const again = setInterval(() => void notify(beside, 'changes', 'yes'), 50)
  await heard.finally(() => clearInterval(again))
  const before = added.length
  await addOne('after')
  assert.equal(added.length, before + 1)
  // What was answered is there. What was asked when it went may be, too.
  const [cats] = await countLabels(beside, dataset)
  assert.ok((cats?.examples ?? 0) >= added.length)
})
