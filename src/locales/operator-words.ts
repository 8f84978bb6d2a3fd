import type { QuestionKey } from '../commands/ask.ts'

/** What only the operator is told in a terminal, or asked. Paths are plain text already. */
export type OperatorWords = {
  /** The data folder was not there. */
  folderMade: (path: string) => string
  /** The database of the folder where it was started is used. `usual`: where it would be looked for from everywhere. */
  folderHere: (path: string, usual: string) => string
  /** @param about what a question names, as a file */
  questions: Record<QuestionKey, (about: string) => string>
}
