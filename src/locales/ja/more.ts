export const more = (n: number): string => `… ほか${n}件`
