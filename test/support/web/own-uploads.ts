import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Gives this process a temp folder of its own: in the shared one are uploads of tests that run beside it.
 * @returns what lists the uploads in it
 */
export function ownUploads(): () => string[] {
  const folder = mkdtempSync(join(tmpdir(), 'mekiki-temp-'))
  process.env.TMPDIR = folder
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  return () => readdirSync(folder).filter((name) => name.startsWith('mekiki-upload-'))
}
