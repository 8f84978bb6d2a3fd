import type { Answer } from './answer.ts'
import type { Markup } from './markup.ts'
import type { Words } from './words.ts'

type Rejected = { file: string; code: string; message: string }
type Problem = Omit<Rejected, 'file'>

const MAX_UNKNOWN_MESSAGE = 200

/** Why one of several pictures was not taken: in the language, and in a terminal with what was expected and what came. */
export function describeProblem({ code, message }: Problem, errors: Words['errors'], m: Markup): string {
  const text = errors[code]
  const technical = m.technical(message)
  if (text === undefined) return technical || m.text(message, MAX_UNKNOWN_MESSAGE)
  const words = typeof text === 'function' ? text({}) : text
  return technical ? `${words} (${technical})` : words
}

type RejectedWords = {
  /** One file, in a sentence. */
  one(name: string, why: string): string
  /** So many files. */
  title(files: number): string
  more(files: number): string
}

/** Rejected files that are listed one by one; more are listed by reason, so that none is left out. */
const MAX_REJECTED = 20
/** Files of one reason that are named then. */
const MAX_ALIKE = 3

/** Adds the files that were not taken to an answer: one as a line, several as a section. */
export function rejectedFiles(words: RejectedWords, errors: Words['errors'], m: Markup) {
  return (answer: Answer, rejected: readonly Rejected[]): Answer => {
    const [first, ...others] = rejected
    if (first === undefined) return answer
    const { lines = [], sections = [] } = answer
    if (others.length === 0)
      return { ...answer, lines: [...lines, words.one(m.name(first.file), describeProblem(first, errors, m))] }
    const all =
      rejected.length > MAX_REJECTED
        ? byReason(rejected).map((same) => describeAlike(same, { words, errors, m }))
        : rejected.map((r) => [m.name(r.file), describeProblem(r, errors, m)])
    return { ...answer, lines: [...lines, `${words.title(rejected.length)}.`], sections: [...sections, { lines: all }] }
  }
}

/** Those of one reason together, most first. */
const byReason = (rejected: readonly Rejected[]): Rejected[][] =>
  [...Map.groupBy(rejected, ({ code }) => code).values()].sort((a, b) => b.length - a.length)

type Say = { words: RejectedWords; errors: Words['errors']; m: Markup }

/** Some names, how many more there are, and what is wrong with all of them. */
function describeAlike(alike: readonly Rejected[], { words, errors, m }: Say): string[] {
  const named = alike.slice(0, MAX_ALIKE).map(({ file }) => m.name(file))
  const left = alike.length - named.length
  const [first] = alike
  const names = left > 0 ? `${named.join(', ')} ${words.more(left)}` : named.join(', ')
  return first ? [names, describeProblem(first, errors, m)] : []
}
