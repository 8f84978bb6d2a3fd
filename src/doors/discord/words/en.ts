import { offeredAt } from '../../../../commands/all.ts'
import { bar, interval, mebibytes, percent, shown, some, when, who } from './text.ts'
import type { Words } from './words.ts'

const more = (n: number): string => `… and ${n} more`
const many = (n: number, one: string, several = `${one}s`): string => `${n} ${n === 1 ? one : several}`

export const en: Words = {
  answers: {
    filed: ({ added, duplicates, rejected, label }) =>
      [
        added > 0 ? `Filed ${many(added, 'picture')}${label === undefined ? '' : ` under **${shown(label)}**`}.` : '',
        duplicates > 0 ? `${many(duplicates, 'picture was', 'pictures were')} there already.` : '',
        refused(rejected),
      ]
        .filter(Boolean)
        .join('\n'),
    unfiled: ({ removed, rejected }) => [`Took ${many(removed, 'picture')} out.`, refused(rejected)].join('\n'),
    moved: ({ label, moved, unchanged, rejected }) =>
      [
        `Moved ${many(moved.length, 'picture')} to **${shown(label)}**.`,
        unchanged > 0 ? `${unchanged} were there already.` : '',
        refused(rejected),
      ].join('\n'),
    undone: ({ removed }) =>
      removed > 0 ? `Took back ${many(removed, 'picture')}.` : 'There is nothing left of it that you filed.',
    labels: ({ labels }) =>
      labels.length === 0
        ? 'No labels yet. File pictures with `/label`.'
        : some(labels, 60, (l) => `**${shown(l.label)}** · ${l.examples}`, more),
    labelRenamed: ({ renamed, to }) => `**${shown(renamed)}** is called **${shown(to)}** now.`,
    labelsMerged: ({ merged, into, moved }) =>
      `**${shown(merged)}** went into **${shown(into)}**: ${many(moved, 'picture')} moved.`,
    labelDeleted: ({ deleted, examples }) => `Deleted **${shown(deleted)}** with ${many(examples, 'picture')}.`,
    trained: (t) =>
      [
        `**Version ${t.version}** learned ${many(t.labels, 'label')} from ${many(t.examples, 'picture')} in ${t.seconds.toFixed(1)} s.`,
        t.accuracy === null
          ? 'Too few pictures to say how well it does: two a label are the least.'
          : `Right about **${percent(t.accuracy)}** of pictures that it had not learned from (95 %: ${interval(t.accuracyInterval)}).`,
        changed('Better now', t.improved),
        changed('Worse now', t.worsened),
        IN_USE[t.reason],
      ]
        .filter(Boolean)
        .join('\n'),
    predicted: (p) =>
      'error' in p
        ? `**${shown(p.file)}**: ${problem(p.error)}`
        : [
            p.label === null
              ? `**I don’t know this one.** (${percent(p.known)} that it is something I was taught)`
              : `**${shown(p.label)}** · ${percent(p.confidence)}`,
            ...p.top.slice(0, 3).map((t) => `${bar(t.confidence)} ${percent(t.confidence)} ${shown(t.label)}`),
          ].join('\n'),
    judged: ({ right, truth }) =>
      right
        ? 'Thank you. Counted as right.'
        : `Thank you. Counted as wrong${truth === null ? '' : `; it is **${shown(truth)}**`}. To teach it, file the picture with \`/label\`.`,
    whatIsIt: ({ said }) =>
      `${said === null ? 'I did not know it.' : `I said **${shown(said)}**.`} Thank you. What is it really?`,
    stats: (s) =>
      [
        s.version === null
          ? 'Nothing was trained yet: `/train`.'
          : `**Version ${s.version}** (${s.head}) · accuracy ${s.accuracy === null ? 'not measured' : `**${percent(s.accuracy)}** (95 %: ${interval(s.accuracyInterval)})`}`,
        s.live.accuracy === null
          ? 'Nobody judged an answer yet.'
          : `Judged by people: **${percent(s.live.accuracy)}** of ${s.live.judged} right (95 %: ${interval(s.live.interval)})`,
        s.calibrationError === null ? '' : `Confidence is off by ${percent(s.calibrationError)} on average.`,
        s.confusions.length === 0
          ? ''
          : `**Most confused**\n${some(s.confusions, 5, (c) => `${shown(c.label)} → ${shown(c.takenFor)} · ${c.count}`, more)}`,
        `**Labels**\n${some(s.labels, 15, (l) => `${shown(l.label)} · ${l.examples}`, more) || '–'}`,
        `Versions ${s.versions.length} · waiting ${s.queue.waiting} · trainings running ${s.queue.trainings}`,
        `Speed ${s.speed.milliseconds === null ? '–' : `${Math.round(s.speed.milliseconds)} ms a picture`} · ${many(s.storage.pictures, 'picture')} · database ${mebibytes(s.storage.databaseBytes)}`,
      ]
        .filter(Boolean)
        .join('\n'),
    versions: ({ versions }) =>
      versions.length === 0
        ? 'Nothing was trained yet: `/train`.'
        : some(
            [...versions].reverse(),
            15,
            (v) =>
              `${v.current ? '**▸' : ''} ${v.version}${v.current ? '**' : ''} · ${v.accuracy === null ? '–' : percent(v.accuracy)} ${v.accuracyInterval ? `(${interval(v.accuracyInterval)})` : ''} · ${many(v.examples, 'picture')} · ${when(v.madeAt)}`,
            more,
          ),
    rolledBack: ({ version, from }) => `Version ${version} is in use now${from === null ? '' : ` instead of ${from}`}.`,
    settings: ({ settings: s, changed }) =>
      [
        changed.length > 0 ? `Changed: ${changed.join(', ')}.` : '',
        `**Watched** ${s.watched.map((c) => `<#${c}>`).join(' ') || 'no channel'}`,
        `**Datasets** ${
          Object.entries(s.datasets)
            .map(([c, d]) => `<#${c}> ${shown(d)}`)
            .join(' · ') || 'main everywhere'
        }`,
        `**Roles** ${
          Object.entries(s.roles)
            .map(([name, id]) => `${name} <@&${id}>`)
            .join(' · ') ||
          'none: who may manage messages teaches, trains and reviews; who may manage the server administers'
        }`,
        `**Confidence to answer posts** ${percent(s.confidence)}`,
        `**Retraining** ${RETRAINING[s.retraining](s)}`,
        `**Language** ${s.language === 'auto' ? 'each person’s own' : s.language}`,
        `**Learning from posts** ${s.learnFromPosts ? 'on' : 'off. Discord’s rules ask for its permission first; only the owner can turn it on'}`,
      ]
        .filter(Boolean)
        .join('\n'),
    audit: ({ changes }) =>
      changes.length === 0
        ? 'Nothing was changed yet.'
        : some(changes, 15, (c) => `${when(c.at)} ${who(c.by)} ${c.action} ${shown(detail(c.detail))}`, more),
    withdrawn: ({ teacher, examples }) =>
      `Took ${many(examples, 'picture')} that ${who(teacher)} filed out of the learning. Train again to forget what they taught.`,
    restored: ({ teacher, examples }) => `Put back ${many(examples, 'picture')} that ${who(teacher)} filed.`,
    forgetAsk: ({ examples }) =>
      `You filed ${many(examples, 'picture')} here. Delete them, what you said about answers, and your name in the log? This cannot be undone. (To delete single ones, show them: \`/forget picture\`.)`,
    forgotten: ({ examples }) =>
      `Deleted ${many(examples, 'picture')}. Versions trained with them stay until the next \`/train\`.`,
    privacy: ({ learnFromPosts, graceDays, url }) =>
      [
        '**What is kept:** pictures that people hand over with `/label` (a copy of at most 512 pixels, without metadata), their label, who filed them and when; what people say about answers; who changed what.',
        '**What is not:** a picture that is only asked about, messages, the history of channels.',
        learnFromPosts
          ? 'On this server’s owner’s word, posted pictures may be filed too; those of somebody else only with their yes.'
          : 'Pictures that are only posted are never learned from.',
        'Labels describe pictures, not people. Nothing leaves the machine that this runs on.',
        `\`/export\` gives you everything that is kept of you, \`/forget\` deletes it. When the bot is removed from a server, its data go after ${many(graceDays, 'day')}.`,
        url === null ? '' : url,
      ]
        .filter(Boolean)
        .join('\n'),
    myData: ({ examples, feedback, changes }) =>
      `Everything that is kept of you here: ${many(examples, 'picture')}, ${many(feedback, 'word', 'words')} on answers, ${many(changes, 'change')}.`,
    help: ({ trained }) =>
      [
        trained ? 'Ask me: `/predict` with a picture, or “What is this?” in a message’s menu.' : start(),
        ...offeredAt('chat').map((v) => `\`/${v.name}\` ${v.summary}`),
      ].join('\n'),
  },
  choices: {
    undo: 'Undo',
    right: 'Right',
    wrong: 'Wrong',
    whichLabel: 'It is …',
    typeLabel: 'Something else …',
    train: 'Train now',
    rollBack: 'Put another version in use …',
    older: 'Older',
    putBack: 'Put back',
    forgetAll: 'Delete all of mine',
  },
  verbs: Object.fromEntries(
    offeredAt('chat').map(({ name, summary, options }) => [
      name,
      { name, summary, options: Object.fromEntries(Object.entries(options).map(([o, { describe }]) => [o, describe])) },
    ]),
  ),
  errors: {
    'access.denied': ({ access }) =>
      `This is for those who are ${access} here. A keeper can change that in \`/settings\`.`,
    'busy.full': 'I have too much to do at the moment. Please try again in a minute.',
    'busy.stopping': 'I am being restarted. Please try again in a minute.',
    'busy.cooldown': ({ seconds }) => `That was a lot at once. Please wait ${seconds} s.`,
    'busy.crashed': 'I stumbled over that, twice. Please try another picture.',
    'choice.expired': 'This button is too old. Please ask again.',
    'database.damaged': 'My database is damaged. Whoever runs me has to restore a backup.',
    'data.damaged': 'A stored picture was changed from outside. Whoever runs me should look at the database.',
    'data.key-missing': 'The key to the stored pictures is missing. Whoever runs me has to set DATA_KEY.',
    'dataset.control-character': 'A dataset’s name takes printable characters on one line.',
    'dataset.empty': 'A dataset needs a name.',
    'dataset.not-found': 'There is no such dataset here.',
    'dataset.too-long': 'A dataset’s name takes at most 100 characters.',
    'direct.no-server': 'I do not know which server’s labels you mean: use me on a server first.',
    'disk.full': 'The disk is full. Nothing was lost; whoever runs me has to make room.',
    'download.expired': 'The link to this picture has expired. Please post it again.',
    'download.failed': 'I could not download this picture. Please try again.',
    'download.host': 'I only take pictures that were uploaded to Discord.',
    'download.timeout': 'Downloading this picture took too long. Please try again.',
    'example.not-filed': 'This picture is not filed (by you, or under that label).',
    'judge.expired': 'That answer is too old, or of another dataset.',
    'label.control-character': 'A label takes printable characters on one line.',
    'label.empty': 'A label needs at least one character.',
    'label.exists': 'There is such a label already: `/labels merge` joins two.',
    'label.not-found': 'There is no such label here.',
    'label.same': 'Those are one and the same label.',
    'label.too-long': 'A label takes at most 100 characters.',
    'labels.argument-missing':
      'Something is missing: `rename` and `merge` take a label and where it goes, `delete` a label.',
    'picture.damaged': 'This picture is damaged: it cannot be decoded.',
    'picture.empty': 'This file is empty.',
    'picture.missing': 'There is no picture here.',
    'picture.not-a-picture': 'This is no JPEG, PNG, WebP, GIF or AVIF picture.',
    'picture.too-heavy': 'This picture takes too much memory to decode. Please save it smaller, or not progressive.',
    'picture.too-large': 'This file is too large: 32 MiB are the most.',
    'picture.too-many-frames': 'This picture has more than 1,000 frames.',
    'picture.too-many-pixels': 'This picture is too large: 50 megapixels are the most.',
    'picture.unsupported': 'HEIC is not supported. Please save it as JPEG.',
    'posts.off':
      'Posted pictures are not learned from here. File yours with `/label`; the owner can allow more in `/settings`.',
    'predict.not-trained': `I was not taught yet. ${start()}`,
    'settings.schedule': 'That is no schedule. Cron takes five fields, as in `0 4 * * *`: every day at four.',
    'train.too-few-labels': 'I need at least two labels with pictures to tell them apart. File more with `/label`.',
    'version.not-found': 'There is no such version to go back to.',
    'version.newer': 'The version in use was made by a newer Mekiki. Whoever runs me has to update.',
    'version.older': 'The version in use is of an older Mekiki. Please `/train` again.',
    'version.unreadable': 'The version in use is damaged. Please `/train` again.',
    'backbone.unusable': 'The network that sees pictures does not work. Whoever runs me should try `doctor`.',
  },
  whatIsThis: 'What is this?',
  labelThis: 'Label this picture',
  picture: 'a picture (JPEG, PNG, WebP, GIF, AVIF)',
  welcome: [
    '**I learn to tell your pictures apart.**',
    '1. `/label` a few pictures under two or more names. I learn from them by myself.',
    '2. `/predict` asks me about a new one; so does “What is this?” in a message’s menu.',
    '3. `/settings` says who may teach, and which channels I watch. `/privacy` says what I keep.',
  ].join('\n'),
  watchHere: 'Watch this channel',
  noContent:
    'Without the “Message Content” intent I do not see what others post: mention me, use `/predict`, or “What is this?” in a message’s menu. Whoever runs me can grant it in the Developer Portal.',
  maySpeak: (channel) =>
    `In <#${channel}> I was asked, but I may not answer: I need to see the channel, send messages and read its history.`,
  consent: (by, poster, label) =>
    `${who(poster)}, ${who(by)} would like me to learn from your picture as **${shown(label)}**. May I keep a small copy of it?`,
  yes: 'Yes',
  no: 'No',
  consented: (label) => `Thank you. Filed under **${shown(label)}**.`,
  declined: 'All right, nothing was kept.',
  labelFormTitle: 'File pictures',
  labelFormLabel: 'Label',
  labelFormPictures: 'Pictures',
  typeFormTitle: 'What is it?',
  progress: ({ done, total, of }) =>
    of === 'percent'
      ? `Learning … ${bar(done / 100)} ${done} %`
      : `Looking at pictures … ${done}${total ? ` of ${total}` : ''}`,
  fault: 'Something went wrong, and it was my fault. It was written down for whoever runs me.',
  charts: {
    examples: 'Pictures a label',
    confusion: 'Rows: what it is · columns: what it was taken for',
    accuracy: 'Accuracy over versions',
  },
  mentionHelp: 'Show me a picture, and I say what it is. `/help` has the rest.',
  directHelp: 'Send me a picture, and I say what it is.',
}

function start(): string {
  return 'File a few pictures under two or more labels with `/label`; I learn from them by myself, or at once with `/train`.'
}

const IN_USE = {
  first: 'It is in use: it is the first.',
  'other-labels': 'It is in use: it knows other labels than the one before.',
  'as-good': 'It is in use: it is not clearly worse than the one before.',
  worse: 'It is **not** in use: it is clearly worse than the one before. `/versions` can put it in use all the same.',
}

const RETRAINING = {
  'at-once': () => 'at once, when labels stop arriving for a moment',
  after: ({ every }: { every: number }) => `after ${every} new pictures`,
  schedule: ({ schedule }: { schedule: string }) => `on a schedule: \`${schedule}\``,
  'by-hand': () => 'by hand, with `/train`',
}

const problem = ({ code, message }: { code: string; message: string }): string => {
  const words = en.errors[code]
  return typeof words === 'string' ? words : (words?.({}) ?? shown(message, 200))
}
const refused = (rejected: { file: string; code: string; message: string }[]): string =>
  some(rejected, 10, (r) => `**${shown(r.file)}** was refused: ${problem(r)}`, more)

const changed = (what: string, all: { label: string; from: number; to: number }[]): string =>
  all.length === 0
    ? ''
    : `${what}: ${all
        .slice(0, 5)
        .map((c) => `${shown(c.label)} ${percent(c.from)} → ${percent(c.to)}`)
        .join(', ')}`

const detail = (values: object): string =>
  Object.entries(values)
    .map(([key, value]) => `${key} ${Array.isArray(value) ? value.join(' ') : value}`)
    .join(', ')
