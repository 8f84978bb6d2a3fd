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

/** Rejected files that are named. */
const MAX_REJECTED = 20

/** Adds the files that were not taken to an answer: one as a line, several as a section. */
export function rejectedFiles(words: RejectedWords, errors: Words['errors'], m: Markup) {
  return (answer: Answer, rejected: readonly Rejected[]): Answer => {
    const [first, ...others] = rejected
    if (first === undefined) return answer
    const { lines = [], sections = [] } = answer
    if (others.length === 0)
      return { ...answer, lines: [...lines, words.one(m.name(first.file), describeProblem(first, errors, m))] }
    const shown = rejected.slice(0, MAX_REJECTED).map((r) => [m.name(r.file), describeProblem(r, errors, m)])
    const left = rejected.length - shown.length
    const section = { title: words.title(rejected.length), lines: left > 0 ? [...shown, words.more(left)] : shown }
    return { ...answer, sections: [...sections, section] }
  }
}
