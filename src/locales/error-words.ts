type ErrorValues = Record<string, string | number>

/** What is said of mistakes, by the code of the UserError; some name its values. */
export type ErrorWords = Record<string, string | ((values: ErrorValues) => string)>
