import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { parse } from 'dotenv'

const OWNER_ONLY = 0o600

/** What a `.env` file sets; nothing where there is none. */
export const readEnvFile = (path: string): Record<string, string> => (existsSync(path) ? parse(readFileSync(path)) : {})

/** The text of a `.env` file with some variables set; every other line stays as it is. */
function setVariables(text: string, variables: Record<string, string>): string {
  const missing = new Map(Object.entries(variables))
  const lines = text.split(/\r?\n/).map((line) => {
    const name = /^\s*(?:export\s+)?([A-Z_]+)\s*=/.exec(line)?.[1] ?? ''
    const value = missing.get(name)
    if (value === undefined) return line
    missing.delete(name)
    return `${name}=${value}`
  })
  if (lines.at(-1) === '') lines.pop()
  return [...lines, ...[...missing].map(([name, value]) => `${name}=${value}`), ''].join('\n')
}

/** Sets variables in a `.env` file that only its owner can read. It is replaced whole: a cut leaves the old one. */
export function writeEnvFile(path: string, variables: Record<string, string>): void {
  mkdirSync(dirname(path), { recursive: true })
  const before = existsSync(path) ? readFileSync(path, 'utf8') : ''
  const draft = `${path}.${process.pid}`
  const file = openSync(draft, 'w', OWNER_ONLY)
  try {
    writeSync(file, setVariables(before, variables))
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(draft, path)
}
