/** What a command asks the person at the terminal before the database is opened; the texts are in `terminal.questions`. */
export type QuestionKey = 'token' | 'replaceToken' | 'encrypt' | 'service' | 'replaceService'

/** `about`: what the text names, as a file. `isSecret`: what is typed is not shown. */
type Question = { key: QuestionKey; about?: string; isSecret?: true }

/** @returns what was typed, trimmed; undefined where nobody answers anymore */
export type Ask = (question: Question) => Promise<string | undefined>

/** Whether somebody said yes, in either language. */
export const isYes = (answer: string | undefined): boolean => /^(y|yes|はい)$/i.test(answer ?? '')
