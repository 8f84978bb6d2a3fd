/** How numbers are written in British English: no comma before *and*. */
export const ENGLISH = {
  language: 'en-GB',
  percent: (digits: string) => `${digits} %`,
  unit: { s: (n: string) => `${n} s`, min: (n: string) => `${n} min`, h: (n: string) => `${n} h` },
  between: ' ',
}
