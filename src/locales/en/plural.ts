/** `1 picture`, `3 pictures`. */
export const count = (n: number, one: string, several = `${one}s`): string => `${n} ${n === 1 ? one : several}`

export const more = (n: number): string => `… and ${n} more`

/** `a`, `a and b`, `a, b and c`. */
export const and = (words: string[]): string => new Intl.ListFormat('en', { type: 'conjunction' }).format(words)
