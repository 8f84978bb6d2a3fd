// The story that the preview tells: a club's first day with the bot.
import type { Stage } from './stage.ts'

const LABELS = ['Akari', 'Botan', 'Chika', 'Daigo'] as const
/** Pictures of each label to begin with, and those that come under a wrong label. */
const TAUGHT = 10
const MISTAKEN = 4
const TRAINED = /Learned|Trained|Version \d+|学習しました|バージョン/

/** What is taught before there is anything to ask about. */
export async function beginStory(stage: Stage): Promise<void> {
  const { people, stand, pictures } = stage
  const { manager, teacher } = people
  stage.begin({ id: 'welcome', title: 'Welcome and set-up', locale: 'en', channel: 'general' })
  for (const message of stand.said) await stage.show(message)
  const [welcome] = stand.said
  const second = await stage.press(manager, welcome, /own$/)
  const third = await stage.press(manager, second.message, /manages messages/)
  await stage.press(manager, third.message, 'No channel')

  stage.begin({ id: 'first-labels', title: 'First labels', locale: 'en', channel: 'general' })
  stage.step('lena sends `/label` without a picture')
  const form = await stage.command(teacher, 'label')
  await stage.submit(teacher, form, LABELS[0], await pictures(LABELS[0], 0, TAUGHT))
  stage.step('with a second label, training begins by itself, and its result comes into the same message')
  const files = await pictures(LABELS[1], 0, TAUGHT)
  await stage.command(teacher, 'label', { options: { label: LABELS[1] }, files, until: TRAINED })
}

/** The rest of it, in this order. */
export const ACTS = [trains, answers, corrects, reviews, manages, inJapanese]

async function trains({ people, stand, pictures, ...stage }: Stage): Promise<void> {
  const { teacher } = people
  for (const name of LABELS.slice(2))
    await stand.textOf(stand.command(teacher, 'label', { label: name }, await pictures(name, 0, TAUGHT)), /Added/)
  stage.begin({ id: 'training', title: 'Training', locale: 'en', channel: 'general' })
  const trained = await stage.command(teacher, 'train', { until: TRAINED })
  await stage.press(teacher, trained.message, 'Details')
}

async function answers({ people, stand, guild, pictures, ...stage }: Stage): Promise<void> {
  const { member, manager } = people
  stage.begin({ id: 'answers', title: 'Sure, unsure, unknown', locale: 'en', channel: 'drawings' })
  const channel = guild.channels[1]
  const inDrawings = { ...member, ...(channel && { channel }) }
  const strangers = [...(await pictures('Kaede', 0, 8)), ...(await pictures('Mio', 0, 8))]
  const sure = await stage.find(manager, await pictures('Chika', 22, 24), /· \d+ %/)
  const unsure = await stage.find(manager, strangers, /not sure/)
  const unknown = await stage.find(manager, strangers, /recogni[sz]e/)
  for (const file of [unsure, unknown]) if (file) await stage.command(inDrawings, 'predict', { files: [file] })
  const reply = await stage.post(inDrawings, `<@${stand.bot.id}> who is this?`, sure ? [sure] : [])
  stage.begin({ id: 'why', title: 'Why?', locale: 'en', channel: 'drawings' })
  await stage.press(inDrawings, reply, 'Why?')
  stage.begin({ id: 'several', title: 'Several pictures at once', locale: 'en', channel: 'drawings' })
  const four = [
    ...(await pictures('Akari', 24, 26)),
    ...(await pictures('Daigo', 24, 25)),
    ...(await pictures('Juri', 1, 2)),
  ]
  await stage.command(inDrawings, 'predict', { files: four })
}

async function corrects({ people, pictures, ...stage }: Stage): Promise<void> {
  const { teacher } = people
  const picture = await stage.find(people.manager, await pictures('Kaede', 0, 8), /not sure/)
  stage.begin({ id: 'correcting', title: 'Correcting teaches', locale: 'en', channel: 'drawings' })
  const asked = await stage.command(teacher, 'predict', { files: picture ? [picture] : [] })
  const wrong = await stage.press(teacher, asked.message, 'Wrong')
  const form = await stage.press(teacher, wrong.message, /^Something else/)
  const told = await stage.submit(teacher, form, 'Kaede')
  await stage.press(teacher, told.message, /^Add it to/)
}

async function reviews({ people, stand, pictures, ...stage }: Stage): Promise<void> {
  const { teacher } = people
  for (const [name, other] of [
    ['Akari', 'Botan'],
    ['Chika', 'Daigo'],
  ] as const) {
    const files = await pictures(other, 30, 30 + MISTAKEN)
    await stand.textOf(stand.command(teacher, 'label', { label: name }, files), /Added/)
  }
  stage.begin({ id: 'review', title: 'Review in batches', locale: 'en', channel: 'general' })
  const trained = await stage.command(teacher, 'train', { until: TRAINED })
  const review = await stage.press(teacher, trained.message, 'Review')
  stage.begin({ id: 'one-by-one', title: 'Review one by one', locale: 'en', channel: 'general' })
  const one = await stage.press(teacher, review.message, 'One by one')
  await stage.press(teacher, one.message, /^Move to/)
}

async function manages({ people, ...stage }: Stage): Promise<void> {
  const { manager, teacher, member } = people
  stage.begin({ id: 'statistics', title: 'Statistics', locale: 'en', channel: 'general' })
  const stats = await stage.command(manager, 'stats')
  for (let at = stats.message; at?.buttons.some((b) => b.label === '▶' && !b.disabled); )
    at = (await stage.press(manager, at, '▶')).message
  stage.begin({ id: 'labels', title: 'Labels and versions', locale: 'en', channel: 'general' })
  await stage.command(teacher, 'labels')
  await stage.command(teacher, 'labels', { options: { action: 'delete', label: 'Daigo' } })
  await stage.command(teacher, 'versions')
  stage.begin({ id: 'settings', title: 'Settings', locale: 'en', channel: 'general' })
  await stage.command(manager, 'settings')
  await stage.command(manager, 'settings', { options: { caution: 'high' } })
  await stage.command(manager, 'audit')
  stage.begin({ id: 'report', title: 'The report', locale: 'en', channel: 'general' })
  await stage.command(manager, 'report')
  stage.begin({ id: 'help', title: 'Help, privacy and a refusal', locale: 'en', channel: 'general' })
  await stage.command(member, 'help')
  await stage.command(member, 'privacy')
  stage.step('tom is no teacher; the server shows him the command all the same')
  stage.stand.registered.openToEverybody(stage.guild, 'train')
  await stage.command(member, 'train')
}

async function inJapanese({ people, guild, pictures, ...stage }: Stage): Promise<void> {
  const { haruto, yui } = people
  stage.begin({ id: 'japanese', title: '日本語', locale: 'ja', channel: 'general' })
  await stage.command(haruto, 'label', { options: { label: 'あかり' }, files: await pictures('Emi', 0, TAUGHT) })
  await stage.command(haruto, 'train', { until: TRAINED })
  const asked = await stage.command(yui, 'predict', { files: await pictures('Botan', 25, 26) })
  await stage.press(yui, asked.message, /./)
  await stage.command(yui, 'predict', { files: await pictures('Mio', 3, 4) })
  stage.stand.registered.openToEverybody(guild, 'train')
  await stage.command(yui, 'train')
  stage.begin({ id: 'japanese-managing', title: '管理', locale: 'ja', channel: 'general' })
  await stage.command(haruto, 'stats')
  await stage.command(haruto, 'settings')
  await stage.command(haruto, 'review')
  await stage.command(haruto, 'help')
}
