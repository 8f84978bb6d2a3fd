import type { Answer } from '../answer.ts'
import { said } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { SomeResults } from '../words.ts'
import { inEnglish } from './say.ts'

export function serverResults(m: Markup) {
  const { command, count } = inEnglish(m)

  return {
    withdrawn({ teacher, examples, version, active }): Answer {
      if (examples === 0) return { headline: `${m.person(teacher)} hasn’t added any pictures.` }
      const isStillActive = active !== null && active !== version
      return {
        headline: `Withdrew ${count(examples, 'picture')} that ${m.person(teacher)} added.`,
        lines: said(
          version === null ? 'Too few pictures are left to train.' : `Version ${version} was trained without them.`,
          isStillActive && `Version ${active} is still active and may have learned from them.`,
          isStillActive && version !== null && `To activate version ${version}: ${command('rollback', version)}`,
        ),
        next: [`To undo: ${command('withdraw', teacher, '--restore')}`],
      }
    },
    restored: ({ teacher, examples }) => ({
      headline:
        examples === 0
          ? `Nothing that ${m.person(teacher)} added is withdrawn.`
          : `Put back ${count(examples, 'picture')} that ${m.person(teacher)} added.`,
    }),
  } satisfies SomeResults
}
