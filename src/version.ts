import { readFileSync } from 'node:fs'
import { findPackageJSON } from 'node:module'
import { z } from 'zod'

const Package = z.object({ version: z.string() })

/** The version of the package that this file belongs to, in a clone as in an installed package. */
export function readVersion(): string {
  const file = findPackageJSON(import.meta.url)
  if (file === undefined) throw new Error(`Expected a package.json above ${import.meta.url}, found none`)
  return Package.parse(JSON.parse(readFileSync(file, 'utf8'))).version
}
