// RESULTS.md as sections, each of which is replaced when its part was measured anew.

const HEADING = /^## (.+)$/m

/** A text with its headings, in order. */
export const headingsOf = (text: string): string[] =>
  [...text.matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading)

/**
 * Puts a section where one of its heading stands, or in its place among those that there are; the others stay byte for byte.
 * @param section begins with its heading @param order all headings, as they should stand
 */
export function replaceSection(results: string, section: string, order: string[]): string {
  const [before = '', ...sections] = results.split(/^(?=## )/m)
  const placeOf = (text: string): number => order.indexOf(headingOf(text))
  const own = placeOf(section)
  if (own < 0) throw new Error(`Expected one of the known sections, received ${headingOf(section)}`)
  const at = sections.findIndex((text) => placeOf(text) === own)
  const where = at < 0 ? sections.findLastIndex((text) => placeOf(text) >= 0 && placeOf(text) < own) + 1 : at
  const isLast = where + (at < 0 ? 0 : 1) === sections.length
  const replaced = `${section.trimEnd()}\n${isLast ? '' : '\n'}`
  const kept = sections.slice(0, where)
  return [
    before,
    ...kept.map((text, i) => (i === where - 1 ? withBlankLine(text) : text)),
    replaced,
    ...sections.slice(at < 0 ? where : where + 1),
  ].join('')
}

const headingOf = (section: string): string => HEADING.exec(section)?.[1] ?? ''

/** What was last has none below it. */
const withBlankLine = (text: string): string => (text.endsWith('\n\n') ? text : `${text}\n`)

/** `commit`: of what was measured. `load`: the average of a minute before the start. `cores` and `node`: of the machine. */
type Circumstances = {
  date: Date
  commit: string
  load: number
  cores: number
  node: string
  seconds: number
}

const SECONDS_PER_MINUTE = 60

/** A section with a line below its heading that says when, and of what, it was measured. */
export function withCircumstances(
  section: string,
  { date, commit, load, cores, node, seconds }: Circumstances,
): string {
  const day = date.toISOString().slice(0, 10)
  const minutes = (seconds / SECONDS_PER_MINUTE).toFixed(1)
  const line = `Measured on ${day} in ${minutes} minutes; commit ${commit}; load average before the start ${load.toFixed(1)} on ${cores} cores; Node ${node}.`
  return section.replace(HEADING, (heading) => `${heading}\n\n${line}`)
}

/** How long a section says that it took to measure; undefined where it does not. */
export function minutesOf(results: string, heading: string): number | undefined {
  const section = results.split(/^(?=## )/m).find((text) => headingOf(text) === heading)
  const minutes = section && /^Measured on \S+ in ([\d.]+) minutes;/m.exec(section)?.[1]
  return minutes === undefined || minutes === '' ? undefined : Number(minutes)
}
