// What teachers and managers do, and what the ledger learns from the answers.

import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import type { Attachment, Message } from '../../test/support/discord/entities.ts'
import { type Answer, ask, openSpan, type Person, type Server, type Soak } from './ask.ts'
import type { Picture, Span } from './ledger.ts'
import { drawPicture } from './pictures.ts'
import { pick, type Random } from './random.ts'

/** Of the pictures that are added, so many show what another label shows. */
const SHARE_WRONG = 0.15
const MAX_PICTURES = 3
/** Suspects that a reviewer decides about in one go. */
const MAX_DECISIONS = 3

const uploads = new WeakMap<Picture, Attachment>()
let drawn = 0

/** A picture of what a label shows, on the CDN, under a name that no other has. */
export async function upload({ stand, random }: Soak, kind: number): Promise<Attachment> {
  return stand.keep(`${++drawn}.png`, await drawPicture(kind, random))
}

export async function addPictures(soak: Soak, person: Person, server: Server): Promise<void> {
  const { stand, ledger, random, problems } = soak
  const label = pick(server.labels, random)
  const files: Attachment[] = []
  const count = 1 + Math.floor(MAX_PICTURES * random())
  while (files.length < count) files.push(await upload(soak, kindOf(server, label, random)))
  const span = openSpan()
  const about = { server: person.guild.id, by: person.user.id, label }
  const added = ledger.add(
    files.map(({ filename }) => ({ ...about, file: filename })),
    span,
  )
  for (const [i, picture] of added.entries()) {
    const file = files[i]
    if (file) uploads.set(picture, file)
  }
  const done = new RegExp(`Added ${count} picture`)
  const answer = await ask(soak, { kind: 'label', done, span }, () => stand.command(person, 'label', { label }, files))
  if (span.outcome === 'refused' && answer.text.includes('Added ')) {
    span.outcome = 'unknown'
    problems.push(`${count} pictures were added: ${answer.text}`)
  }
  if (span.outcome === 'done' && random() < 0.15) await undoAdding(soak, person, { answer, added })
}

/** A wrong picture now and then, so that there is something to review. */
function kindOf(server: Server, label: string, random: Random): number {
  const kind = server.labels.indexOf(label)
  return random() < SHARE_WRONG ? kind + 1 : kind
}

async function undoAdding(soak: Soak, person: Person, { answer, added }: { answer: Answer; added: Picture[] }) {
  const { message } = answer.from
  if (!message) return
  const done = new RegExp(`Undone: removed ${added.length} picture`)
  const span = deleting(added)
  await ask(soak, { kind: 'undo', done, span }, () => soak.stand.press(person, message, /^Undo$/))
  settle(span)
}

/** Deletions count from the moment in which they are asked for. */
function deleting(pictures: Picture[]): Span {
  const span = openSpan()
  for (const picture of pictures) picture.deletions.push(span)
  return span
}

/** Whatever was answered but that all was deleted: some may be gone, as by somebody else. */
function settle(span: Span): void {
  if (span.outcome === 'refused') span.outcome = 'unknown'
}

/** Pictures that this person added and that should be there. */
function ownPictures({ ledger, random }: Soak, person: Person): Picture[] {
  const own = ledger
    .in(person.guild.id)
    .filter((p) => p.by === person.user.id && p.labels.size === 1 && ledger.expected(p) === 'there')
  const some: Picture[] = []
  for (let i = 0; i < 2 && own.length > 0; i++) {
    const picture = pick(own, random)
    if (!some.includes(picture)) some.push(picture)
  }
  return some
}

const filesOf = (pictures: Picture[]): Attachment[] => pictures.flatMap((p) => uploads.get(p) ?? [])

export async function forgetPictures(soak: Soak, person: Person): Promise<void> {
  const own = ownPictures(soak, person)
  if (own.length === 0) return
  const span = deleting(own)
  const done = new RegExp(`Deleted ${own.length} picture`)
  await ask(soak, { kind: 'forget', done, span }, () => soak.stand.command(person, 'forget', {}, filesOf(own)))
  settle(span)
}

export async function unlabel(soak: Soak, person: Person): Promise<void> {
  const [picture] = ownPictures(soak, person)
  const [label] = picture?.labels ?? []
  if (!picture || label === undefined) return
  const span = deleting([picture])
  await ask(soak, { kind: 'unlabel', done: /Removed 1 picture/, span }, () =>
    soak.stand.command(person, 'unlabel', { label }, filesOf([picture])),
  )
  settle(span)
}

export async function forgetAll(soak: Soak, person: Person): Promise<void> {
  const { stand, ledger } = soak
  const asked = await ask(soak, { kind: 'forget', done: /You’ve added/ }, () => stand.command(person, 'forget'))
  const { message } = asked.from
  if (asked.span.outcome !== 'done' || !message) return
  const { span } = await ask(soak, { kind: 'forget all', done: /Deleted \d+ picture/ }, () =>
    stand.press(person, message, 'Delete all my data'),
  )
  ledger.forgetPerson(person.guild.id, person.user.id, span)
}

export async function renameLabel(soak: Soak, person: Person, server: Server): Promise<void> {
  const at = Math.floor(server.labels.length * soak.random())
  const from = server.labels[at] ?? ''
  const to = `${from.replace(/\.\d+$/, '')}.${++drawn}`
  const { span } = await ask(soak, { kind: 'labels rename', done: /is now called/ }, () =>
    soak.stand.command(person, 'labels', { action: 'rename', label: from, to }),
  )
  soak.ledger.renameLabel(person.guild.id, { from, to }, span)
  if (span.outcome === 'done') server.labels[at] = to
}

export async function deleteLabel(soak: Soak, person: Person, server: Server): Promise<void> {
  const label = pick(server.labels, soak.random)
  const { stand } = soak
  const asked = await ask(soak, { kind: 'labels delete asks', done: /Delete \*\*/ }, () =>
    stand.command(person, 'labels', { action: 'delete', label }),
  )
  const { message } = asked.from
  if (asked.span.outcome !== 'done' || !message) return
  const { span } = await ask(soak, { kind: 'labels delete', done: /Deleted \*\*/ }, () =>
    stand.press(person, message, 'Delete it'),
  )
  soak.ledger.deleteLabel(person.guild.id, label, span)
}

/** Withdraws all that a teacher added, and mostly puts it back. */
export async function withdraw(soak: Soak, person: Person, server: Server): Promise<void> {
  const { stand, ledger, random } = soak
  const teacher = pick(server.teachers, random)
  const about = { server: person.guild.id, by: teacher.id }
  const asked = await ask(soak, { kind: 'withdraw asks', done: /Leave out all|hasn’t added/ }, () =>
    stand.command(person, 'withdraw', { teacher: teacher.id }),
  )
  const question = asked.from.message
  if (asked.span.outcome !== 'done' || !question?.buttons.some(({ label }) => label?.startsWith('Withdraw'))) return
  const first = await ask(soak, { kind: 'withdraw', done: /Withdrew \d+/ }, () =>
    stand.press(person, question, 'Withdraw'),
  )
  ledger.withdrawals.push({ ...about, ...first.span, isWithdrawn: true })
  const { message } = first.from
  if (first.span.outcome !== 'done' || !message || random() < 0.2) return
  const back = await ask(soak, { kind: 'withdraw', done: /Put back \d+/ }, () =>
    stand.press(person, message, 'Put back'),
  )
  ledger.withdrawals.push({ ...about, ...back.span, isWithdrawn: false })
}

export async function setEvery(soak: Soak, person: Person, server: Server): Promise<void> {
  const value = 5 + Math.floor(90 * soak.random())
  const { span } = await ask(soak, { kind: 'settings', done: /./ }, () =>
    soak.stand.command(person, 'settings', { every: value }),
  )
  server.every.push({ ...span, value })
}

const DECISIONS = [
  ['keep', /^Keep$/],
  ['exclude', /^Exclude$/],
  ['move', /^Move to /],
  ['undo', /^Undo$/],
] as const

export async function review(soak: Soak, person: Person): Promise<void> {
  const { stand, random } = soak
  const asked = await ask(soak, { kind: 'review', done: /Is this really|pictures look like/ }, () =>
    stand.command(person, 'review'),
  )
  const { message } = asked.from
  const areMany = asked.span.outcome === 'done' && message?.buttons.some(({ label }) => label === 'One by one')
  const { from, span } =
    areMany && message
      ? await ask(soak, { kind: 'review', done: /Is this really/ }, () => stand.press(person, message, 'One by one'))
      : asked
  let isOpen = span.outcome === 'done'
  for (let i = 0; i < MAX_DECISIONS && isOpen; i++)
    isOpen = await decide(soak, person, from.message, pick(DECISIONS, random))
}

/** Resolves to whether there is another one to decide about. */
async function decide(
  soak: Soak,
  person: Person,
  message: Message | undefined,
  [decision, button]: (typeof DECISIONS)[number],
): Promise<boolean> {
  const example = Number(/Is this really[^`]*`#(\d+)`/.exec(message?.text ?? '')?.[1])
  const has = message?.buttons.some((c) => c.label && button.test(c.label))
  if (!message || !example || !has) return false
  const said = { keep: /Kept\./, exclude: /Excluded\./, move: /Moved\./, undo: /Undone\./ }[decision]
  const target = /Move to (.*)/.exec(labelsOf(message).find((label) => button.test(label)) ?? '')?.[1]
  const picture = findPicture(soak, example)
  // Before it is asked: whoever deletes that label meanwhile may delete this picture.
  if (decision === 'move' && picture && target !== undefined) picture.labels.add(target)
  const { span, text } = await ask(soak, { kind: 'decide', done: said }, () =>
    soak.stand.press(person, message, button),
  )
  if (decision === 'undo') noteUndo(person, span)
  else if (picture) {
    picture.decisions.push({ ...span, decision })
    decided.set(person.user.id, [...(decided.get(person.user.id) ?? []), picture])
  }
  return /Is this really/.test(text)
}

const labelsOf = (message: Message): string[] => message.buttons.flatMap((c) => c.label ?? [])

/** By reviewer: what they decided about. Which decision an undo takes back, nobody is told. */
const decided = new Map<string, Picture[]>()

function noteUndo(person: Person, span: Span): void {
  if (span.outcome === 'refused') return
  for (const picture of decided.get(person.user.id) ?? []) picture.decisions.push({ ...span, decision: 'undo' })
}

/** The picture of an example, as another program reads it from the database. */
function findPicture({ bot, ledger }: Soak, example: number): Picture | undefined {
  const database = new SQLite(join(bot.home, 'mekiki.sqlite'), { readonly: true })
  try {
    const file = database.prepare('select file from examples where id = ?').pluck().get(example)
    return ledger.pictures.get(String(file))
  } finally {
    database.close()
  }
}
