import type { Advice } from '../../models/evaluation/advice.ts'
import { EFFORTS } from '../../models/views.ts'
import type { Reason } from '../db/label-issues.ts'
import type { Reasons } from '../services/explanation.ts'
import { errors, start } from './en-errors.ts'
import { bar, detail, interval, mebibytes, type Problem, percent, sayProblem, shown, some, when, who } from './text.ts'
import type { Words } from './words.ts'

const more = (n: number): string => `… and ${n} more`
const many = (n: number, one: string, several = `${one}s`): string => `${n} ${n === 1 ? one : several}`

export const en: Words = {
  results: {
    added: ({ added, duplicates, rejected, label }) =>
      [
        added > 0 ? `Filed ${many(added, 'picture')}${label === undefined ? '' : ` under **${shown(label)}**`}.` : '',
        duplicates > 0 ? `${many(duplicates, 'picture was', 'pictures were')} there already.` : '',
        refused(rejected),
      ]
        .filter(Boolean)
        .join('\n'),
    removed: ({ removed, rejected }) => [`Took ${many(removed, 'picture')} out.`, refused(rejected)].join('\n'),
    moved: ({ label, moved, unchanged, rejected }) =>
      [
        `Moved ${many(moved.length, 'picture')} to **${shown(label)}**.`,
        unchanged > 0 ? `${unchanged} were there already.` : '',
        refused(rejected),
      ].join('\n'),
    undone: ({ removed }) =>
      removed > 0 ? `Took back ${many(removed, 'picture')}.` : 'There is nothing left of it that you filed.',
    suspects: ({ suspects }) =>
      suspects.length === 0
        ? 'Nothing looks wrongly filed. (I look after each training.)'
        : `${some(suspects, 15, (s) => `\`#${s.example}\` **${shown(s.label)}** ${s.reasons.map(reason).join('; ')}`, more)}\n\`/review\` shows them.`,
    suspect: ({ id, label, reason }) => `\`#${id}\` **${shown(label)}** ${shown(reason)}`,
    review: ({ example, label, reasons: why, leftOut, left, after }) =>
      [
        decided(after),
        `\`#${example}\` is filed under **${shown(label)}**. ${why.map(reason).join('; ')}.${leftOut ? ' I learned without it.' : ''}`,
        `${many(left, 'picture')} left. Marked **?**; beside it typical pictures.`,
      ]
        .filter(Boolean)
        .join('\n'),
    reviewDone: ({ after }) => [decided(after), 'Nothing is left to look at for you.'].filter(Boolean).join('\n'),
    reviewed: ({ decision, label, done, waiting }) =>
      [
        done > 0
          ? `${DECIDED[decision] ?? decision}${label === null ? '' : ` **${shown(label)}**`}: ${many(done, 'picture')}.`
          : '',
        waiting > 0 ? `${many(waiting, 'picture')}: another reviewer must say the same first.` : '',
      ]
        .filter(Boolean)
        .join('\n'),
    reviewUndone: ({ example }) => `Taken back: what you decided about \`#${example}\`.`,
    reported: ({ examples, suspects }) =>
      `${many(examples, 'picture')}, ${suspects} suspect. The page has the rest; the worst are below.`,
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
        `${BECAUSE[t.because](t.head)} Looks at ${many(EFFORTS[t.effort].length, 'view')} of a picture that it is asked about.`,
        changed('Better now', t.improved),
        changed('Worse now', t.worsened),
        t.leftOut > 0
          ? `Left out, since they contradict their label: ${t.leftOut} of ${t.examples}. \`/review\` shows them.`
          : '',
        t.turned.length > 0
          ? `Looks like something else than before: ${t.turned.map((l) => `**${shown(l)}**`).join(', ')}.`
          : '',
        IN_USE[t.reason],
        advice(t.advice),
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
            ...(p.why ? [reasons(p.why)] : []),
          ].join('\n'),
    reasons,
    feedbackGiven: ({ right, truth }) =>
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
        s.survey === null
          ? ''
          : `Suspect ${s.survey.flagged} · left out ${s.survey.leftOut} · copies ${s.survey.copies} · under two labels ${s.survey.conflicts}`,
        ...(s.survey?.teachers ?? []).map(
          (t) =>
            `⚠️ ${percent(t.suspected)} of ${t.examples} pictures that ${who(t.teacher)} filed contradict the others (everybody else: ${percent(t.others)}).`,
        ),
        s.advice === null ? '' : advice(s.advice),
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
        s.agreement > 1 ? '**Reviews** two people must agree' : '',
        `**Language** ${s.language === 'auto' ? 'each person’s own' : s.language}`,
        `**Learning from posts** ${s.learnFromPosts ? 'on' : 'off. Discord’s rules ask for its permission first; only the owner can turn it on'}`,
      ]
        .filter(Boolean)
        .join('\n'),
    audit: ({ changes }) =>
      changes.length === 0
        ? 'Nothing was changed yet.'
        : some(changes, 15, (c) => `${when(c.at)} ${who(c.by)} ${c.action} ${shown(detail(c.detail))}`, more),
    withdrawn: ({ teacher, examples, version }) =>
      `Took ${many(examples, 'picture')} that ${who(teacher)} filed out of the learning. ${version === null ? 'Too little is left to learn from.' : `Version ${version} learned without them.`}`,
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
    help: ({ trained, commands }) =>
      [
        trained ? 'Ask me: `/predict` with a picture, or “What is this?” in a message’s menu.' : start,
        ...commands.map((c) => `\`/${c.name}\` ${c.summary}`),
      ].join('\n'),
  },
  choices: {
    undo: 'Undo',
    right: 'Right',
    wrong: 'Wrong',
    why: 'Why?',
    whichLabel: 'It is …',
    typeLabel: 'Something else …',
    train: 'Train now',
    rollBack: 'Put another version in use …',
    older: 'Older',
    putBack: 'Put back',
    forgetAll: 'Delete all of mine',
    keep: 'Keep',
    moveTo: 'Move to',
    moveToOther: 'Move to another label …',
    exclude: 'Exclude',
    skip: 'Skip',
    review: 'Review',
    activate: 'Put it in use',
    withdraw: 'Withdraw their pictures',
  },
  commands: {},
  errors,
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
    learning: 'Accuracy by pictures a label',
  },
  mentionHelp: 'Show me a picture, and I say what it is. `/help` has the rest.',
  directHelp: 'Send me a picture, and I say what it is.',
}

const BECAUSE = {
  only: (head: string) => `Head: ${head}, as asked.`,
  unmeasured: (head: string) => `Head: ${head}; nothing could be measured yet.`,
  simplest: (head: string) => `Head: ${head}; no other is clearly better.`,
  better: (head: string) => `Head: ${head}; clearly better than the simpler ones.`,
}

function advice(a: Advice): string {
  const { needMore, alike, twice } = a
  return [
    needMore.length === 0
      ? ''
      : `More pictures would help: ${needMore.map((n) => `${shown(n.label)} (${n.recall === null ? `${n.examples}` : `${percent(n.recall)} of ${n.examples}`})`).join(', ')}`,
    ...alike.map(
      ({ labels: [one, other] }) =>
        `**${shown(one)}** and **${shown(other)}** look like the same thing: \`/labels merge\` joins them.`,
    ),
    twice && twice.doubled - twice.now > 0.005
      ? `Twice as many pictures of each would make it about ${percent(twice.doubled)} instead of ${percent(twice.now)}.`
      : '',
  ]
    .filter(Boolean)
    .join('\n')
}

function reasons({ runnerUp, nearest }: Reasons): string {
  const most = [...new Set(nearest.map((n) => shown(n.label)))].join(', ')
  const close =
    runnerUp === null
      ? 'No other label came close.'
      : `**${shown(runnerUp.label)}** came close, with ${percent(runnerUp.confidence)}.`
  return nearest.length === 0
    ? `${close} No filed picture is left to compare it with.`
    : `${close} The filed pictures most like it are of: ${most}.`
}

function reason(r: Reason): string {
  switch (r.kind) {
    case 'looks-like':
      return `looks like **${shown(r.label)}**`
    case 'unlike':
      return 'like nothing else under this label'
    case 'also-under':
      return `the same picture is also under **${shown(r.label)}**`
    case 'blank':
      return 'almost blank'
    case 'small':
      return 'very small'
  }
}

const DECIDED: Record<string, string> = {
  keep: 'Kept',
  exclude: 'Excluded',
  move: 'Moved',
  restore: 'Put back',
  skip: 'Skipped',
  undo: 'Taken back',
}
const decided = (after: { decision: string; waits: boolean } | null): string =>
  after === null
    ? ''
    : after.waits
      ? 'Written down: another reviewer must say the same.'
      : `${DECIDED[after.decision] ?? after.decision}.`

const IN_USE = {
  first: 'It is in use: it is the first.',
  'other-labels': 'It is in use: it knows other labels than the one before.',
  'as-good': 'It is in use: it is not clearly worse than the one before.',
  turned: 'It is **not** in use until a keeper says so: see `/review`, then put it in use.',
  worse: 'It is **not** in use: it is clearly worse than the one before. `/versions` can put it in use all the same.',
}

const RETRAINING = {
  'at-once': () => 'at once, when labels stop arriving for a moment',
  after: ({ every }: { every: number }) => `after ${every} new pictures`,
  schedule: ({ schedule }: { schedule: string }) => `on a schedule: \`${schedule}\``,
  'by-hand': () => 'by hand, with `/train`',
}

const problem = (e: Problem): string => sayProblem(errors, e)
const refused = (rejected: (Problem & { file: string })[]): string =>
  some(rejected, 10, (r) => `**${shown(r.file)}** was refused: ${problem(r)}`, more)

const changed = (what: string, all: { label: string; from: number; to: number }[]): string =>
  all.length === 0
    ? ''
    : `${what}: ${all
        .slice(0, 5)
        .map((c) => `${shown(c.label)} ${percent(c.from)} → ${percent(c.to)}`)
        .join(', ')}`
