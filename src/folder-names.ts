/** File systems take at most 255; a label's number and a file's extension have to fit, too. */
const MAX_BYTES = 120
/** Characters that some file system does not take in a name. */
const FORBIDDEN = /[<>:"/\\|?*\p{Cc}]/gu
/** Names that Windows keeps for devices, with any extension. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i

/** A folder for each label that every file system takes: the label itself where it can be, and never one folder for two. */
export function folderNames(labels: string[]): Map<string, string> {
  const taken = new Set<string>()
  return new Map(
    labels.map((label) => {
      const base = safeName(label)
      let name = base
      // File systems that ignore case must not join two.
      for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${base} (${n})`
      taken.add(name.toLowerCase())
      return [label, name]
    }),
  )
}

function safeName(label: string): string {
  let name = label.replace(FORBIDDEN, '_')
  while (Buffer.byteLength(name) > MAX_BYTES) name = [...name].slice(0, -1).join('')
  name = name.replace(/[. ]+$/, '').replace(/^\./, '_')
  return name === '' || RESERVED.test(name) ? `_${name}` : name
}
