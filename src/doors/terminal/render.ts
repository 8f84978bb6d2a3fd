type Values = Record<string, unknown>

/** An answer as lines for people. Control characters of file names and labels are shown, not obeyed. */
export function render(values: Values): string {
  if ('error' in values) {
    const { code, message } = values.error as { code: string; message: string }
    return `${plain(String(values.file))}: ${plain(message)} (${code})`
  }
  if ('top' in values) {
    const { file, label, confidence, known } = values as {
      file: string
      label: string | null
      confidence: number
      known: number
    }
    const said = label === null ? `I don't know (known ${percent(known)})` : `${label}  ${percent(confidence)}`
    return `${plain(file)}: ${plain(said)}`
  }
  return Object.entries(values)
    .map(([key, value]) => `${key}: ${plain(typeof value === 'object' ? JSON.stringify(value) : String(value))}`)
    .join('\n')
}

const percent = (p: number): string => `${Math.round(p * 100)} %`
export const plain = (text: string): string => text.replace(/\p{Cc}/gu, (c) => JSON.stringify(c).slice(1, -1))
