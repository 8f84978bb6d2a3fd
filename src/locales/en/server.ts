import type { Results } from '../../commands/results.ts'
import { describeDetail, lines, listFirst } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { AUDIT_ACTIONS } from './audit-actions.ts'
import { count, more } from './plural.ts'

type Key = 'settings' | 'audit' | 'withdrawn' | 'restored'
type Settings = Results['settings']['settings']

const MAX_CHANGES = 15

const POSTED: Record<Settings['answer'], string> = {
  sure: 'only when I’m sure',
  'sure and unsure': 'when I’m sure, and when I’m not quite sure; I keep quiet about what I don’t recognize',
  all: 'always, even when I don’t recognize a picture',
}

const CAUTION: Record<Settings['caution'], string> = {
  low: 'I rarely say “I don’t recognize this” (about 2 % of pictures of your labels)',
  normal: 'I sometimes say “I don’t recognize this” (about 5 % of pictures of your labels)',
  high: 'I often say “I don’t recognize this” (about 15 % of pictures of your labels)',
}

export function serverResults(m: Markup): ResultWords<Key> {
  return {
    settings: ({ settings: s, changed, formerConfidence }) =>
      lines(
        changed.length > 0 && `Saved: ${changed.join(', ')}.`,
        formerConfidence !== undefined &&
          `\`confidence\` has become \`answer\`. Your ${formerConfidence} % is now \`${s.answer}\`.`,
        `**Watched channels** ${s.watched.map(m.channel).join(' ') || 'none'}`,
        `**Datasets** ${datasets(s) || 'main everywhere'}`,
        `**Roles** ${roles(s) || 'none: whoever can manage messages teaches, trains and reviews; whoever can manage the server changes settings'}`,
        `**Answers in watched channels** ${s.answer}: ${POSTED[s.answer]}`,
        `**Caution** ${s.caution}: ${CAUTION[s.caution]}`,
        `**Retraining** ${retraining(s)}`,
        s.agreement > 1 && '**Reviews** two reviewers must agree',
        `**Language** ${s.language === 'auto' ? 'each person’s own' : s.language}`,
        `**Learning from posts** ${s.learnFromPosts ? 'on' : 'off. It takes Discord’s permission first, and only the owner can turn it on'}`,
      ),
    audit: ({ changes }) =>
      changes.length === 0
        ? 'No changes yet.'
        : listFirst(changes, MAX_CHANGES, {
            line: ({ at, by, action, detail }) =>
              `${m.moment(at)} ${m.person(by)} ${AUDIT_ACTIONS[action] ?? m.text(action)} ${m.text(describeDetail(detail))}`,
            more,
          }),
    withdrawn: ({ teacher, examples, version, active }) => {
      if (examples === 0) return `${m.person(teacher)} hasn’t added any pictures.`
      const after =
        version === null ? 'Too few pictures are left to train.' : `Version ${version} was trained without them.`
      const withdrew = `Withdrew ${count(examples, 'picture')} that ${m.person(teacher)} added. ${after}`
      if (active === null || active === version) return withdrew
      const still = `${withdrew} Version ${active} is still active and may have learned from them.`
      return version === null ? still : `${still} To make version ${version} active: \`rollback ${version}\`.`
    },
    restored: ({ teacher, examples }) => `Put back ${count(examples, 'picture')} that ${m.person(teacher)} added.`,
  }

  function datasets({ datasets }: Settings): string {
    const texts = Object.entries(datasets).map(([channel, name]) => `${m.channel(channel)} ${m.text(name)}`)
    return texts.join(' · ')
  }

  function roles({ roles }: Settings): string {
    const texts = Object.entries(roles).map(([name, id]) => `${name} ${m.role(id)}`)
    return texts.join(' · ')
  }
}

function retraining({ retraining, every, schedule }: Settings): string {
  switch (retraining) {
    case 'at-once':
      return 'automatic, once no more pictures arrive for a moment'
    case 'after':
      return `after ${every} new pictures`
    case 'schedule':
      return `on a schedule: \`${schedule}\``
    case 'by-hand':
      return 'by hand, with `/train`'
  }
}
