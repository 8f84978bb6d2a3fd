import { isSystemName } from './system-names.ts'

/** File systems take at most 255; a label's number and a file's extension have to fit, too. */
const MAX_BYTES = 120
/** Characters that some file system does not take in a name. */
const FORBIDDEN = /[<>:"/\\|?*\p{Cc}]/gu
/** Names that Windows keeps for devices, with any extension. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i

/** A folder for each label that every file system takes: the label itself where it can be, and never one folder for two. */
export const folderNames = (labels: string[]): Map<string, string> => {
  const names = new FolderNames()
  return new Map(labels.map((label) => [label, names.of(label)]))
}

/** The same for labels that come one after the other. */
export class FolderNames {
  private readonly names = new Map<string, string>()
  private readonly taken: Set<string>

  /** @param reserved names that no label gets */
  constructor(reserved: readonly string[] = []) {
    this.taken = new Set(reserved.map((name) => name.toLowerCase()))
  }

  of(label: string): string {
    const known = this.names.get(label)
    if (known !== undefined) return known
    const base = safeName(label)
    let name = base
    // File systems that ignore case must not join two.
    for (let n = 2; this.taken.has(name.toLowerCase()); n++) name = `${base} (${n})`
    this.taken.add(name.toLowerCase())
    this.names.set(label, name)
    return name
  }
}

function safeName(label: string): string {
  let name = label.replace(FORBIDDEN, '_')
  while (Buffer.byteLength(name) > MAX_BYTES) name = [...name].slice(0, -1).join('')
  name = name.replace(/[. ]+$/, '').replace(/^\./, '_')
  return name === '' || RESERVED.test(name) || isSystemName(name) ? `_${name}` : name
}

/** The name of a file, or of a folder beside others, that every file system takes; with its extension. */
export function safeFileName(name: string): string {
  const [, base = name, end = ''] = /^(.+?)(\.\w{1,10})?$/s.exec(name) ?? []
  return safeName(base) + end
}
