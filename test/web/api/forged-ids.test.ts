// Numbers of another dataset, in every command that takes any: nothing is changed there, and nothing of it is said.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { registry } from '../../../commands/registry.ts'
import type { Command } from '../../../src/commands/define.ts'
import { noisy } from '../../support/bad-pictures.ts'
import { sample } from '../../support/web/pictures.ts'
import { openTestSite, type TestSite } from '../../support/web/site.ts'

let site: TestSite
/** What there is in the other dataset, by the option that could name it. */
let theirs: Record<string, number | string>
let otherDataset: number

before(async () => {
  site = await openTestSite()
  const { db } = site.app
  await site.put('label', await noisy(501).png().toBuffer(), { label: 'own', name: 'own.png' })
  await site.run('add-samples', {}, 'other')
  const [{ values }] = await site.run('labels', {}, 'other')
  for (const [i, { label }] of values.labels.entries())
    await site.run('labels', { action: 'rename', label, to: `secret-${i}` }, 'other')
  await site.run('train', { head: 'means' }, 'other')
  const { id } = await db.selectFrom('datasets').select('id').where('name', '=', 'other').executeTakeFirstOrThrow()
  otherDataset = id
  const [first, second, third] = await examplesThere()
  // Somebody could undo each of these there.
  const [changed] = await site.run('change-examples', { examples: [second.id], change: 'exclude' }, 'other')
  await site.run('labels', { action: 'rename', label: 'secret-0', to: 'secret-9' }, 'other')
  await site.run('exclude', { examples: [third.id] }, 'other')
  const asked = await site.request('/api/local/other/predict?name=asked.png', {
    method: 'PUT',
    body: new Blob([new Uint8Array(sample('Emi-20').buffer)]),
  })
  const { results } = (await asked.json()) as any
  const { prediction } = results[0].choices.find((choice: any) => choice.options.prediction).options
  theirs = {
    example: first.id,
    examples: first.id,
    shown: `${first.id}:${first.label},${second.id}:${second.label}`,
    change: changed.choices[0].options.change,
    prediction,
    id: otherDataset,
    label: first.label,
  }
})
after(() => site.close())

const examplesThere = (): Promise<any[]> =>
  site.app.db
    .selectFrom('examples')
    .innerJoin('labels', 'labels.id', 'examples.label')
    .selectAll('examples')
    .where('labels.dataset', '=', otherDataset)
    .orderBy('examples.id')
    .execute()

/** Everything that could have changed. */
async function stateThere(): Promise<unknown> {
  const { db } = site.app
  const of = (table: 'labels' | 'audit' | 'feedback' | 'versions' | 'pictures') =>
    db.selectFrom(table).selectAll().where('dataset', '=', otherDataset).orderBy('dataset').execute()
  const [labels, audit, feedback, versions, pictures] = await Promise.all([
    of('labels'),
    of('audit'),
    of('feedback'),
    of('versions'),
    of('pictures'),
  ])
  const decisions = await db.selectFrom('reviews').selectAll().execute()
  return { examples: await examplesThere(), labels, audit, feedback, versions, pictures, decisions }
}

/** Whether an option can name something that belongs to a dataset. */
const namesSomething = ([name, { kind }]: [string, Command['options'][string]]): boolean =>
  kind === 'examples' ||
  kind === 'ids' ||
  (kind === 'number' && ['example', 'id', 'label'].includes(name)) ||
  (kind === 'text' && ['shown', 'change', 'prediction'].includes(name))

/** Options with their numbers, once for each thing that the command can be told to do. */
function optionsWithTheirs({ options }: Command): Record<string, unknown>[] {
  const given: Record<string, unknown> = {}
  let [chosen, words]: [string, readonly string[]] = ['', ['']]
  for (const [name, { kind, choices = [] }] of Object.entries(options)) {
    if (kind === 'examples' || kind === 'ids') given[name] = [theirs.examples]
    else if (kind === 'flag') given[name] = true
    else if (kind === 'choice') [chosen, words] = [name, choices]
    else if (kind === 'number' || ['shown', 'change', 'prediction'].includes(name)) given[name] = theirs[name]
    else if (kind === 'text') given[name] = name === 'name' ? 'main' : 'own'
  }
  return words.map((word) => ({ ...given, ...(chosen && { [chosen]: word }) }))
}

test('no command does or says anything about what another dataset has', async () => {
  const commands = (await registry.listFor('web', { hidden: true })).filter(({ options }) =>
    Object.entries(options).some(namesSomething),
  )
  const names = commands.map(({ name }) => name)
  const known = ['relabel', 'change-examples', 'remove-examples', 'undo', 'undo-change', 'example', 'decide', 'keep']
  for (const name of [...known, 'exclude', 'restore', 'restore-label', 'why', 'feedback', 'change-dataset'])
    assert.ok(names.includes(name), name)
  const before = await stateThere()
  for (const command of commands)
    for (const options of optionsWithTheirs(command)) {
      const response = await site.request(`/api/local/main/${command.name}`, {
        method: 'POST',
        body: JSON.stringify(options),
      })
      const text = await response.text()
      const where = `${command.name} ${JSON.stringify(options)}: ${response.status} ${text.slice(0, 300)}`
      assert.ok(response.status < 500, where)
      assert.doesNotMatch(text, /secret-|Emi/, where)
      assert.deepEqual(await stateThere(), before, where)
    }
})

test('nor do addresses that take numbers', async () => {
  const body = JSON.stringify({ ids: [theirs.example] })
  const details = await site.request('/api/local/main/examples', { method: 'POST', body })
  assert.deepEqual(await details.json(), { examples: [] })
  const picture = (dataset: string) => site.request(`/api/local/${dataset}/pictures/${theirs.example}`)
  assert.equal((await picture('main')).status, 404)
  assert.equal((await picture('other')).status, 200)
})

test('numbers that no database has are refused, whatever they are', async () => {
  for (const id of [
    '0',
    '-1',
    '1.5',
    '1e3',
    'NaN',
    '9007199254740993',
    '99999999999999999999',
    '%00',
    '1%20or%201=1',
    '٣',
  ]) {
    for (const path of [`pictures/${id}`, `example?example=${id}`]) {
      const { status } = await site.request(`/api/local/main/${path}`)
      assert.ok(status === 404 || status === 400, `${path}: ${status}`)
    }
    assert.equal((await site.request(`/api/tokens/${id}`, { method: 'DELETE' })).status, 404, id)
  }
  for (const ids of [[0], [-1], [1.5], [2 ** 53], ['1'], [null], [[1]], {}, '1']) {
    const body = JSON.stringify({ ids })
    const { status } = await site.request('/api/local/main/examples', { method: 'POST', body })
    assert.equal(status, 400, body)
  }
  assert.deepEqual(site.lines, [])
})
