const LONGEST_BYTES = 120
/** Names that Windows keeps for devices, with any extension. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i

/** A folder for each label that every file system takes: the label itself where it can be, and never one folder for two. */
export function folderNames(labels: string[]): Map<string, string> {
  const taken = new Set<string>()
  return new Map(
    labels.map((label) => {
      const base = safe(label)
      let name = base
      // File systems that ignore case must not join two.
      for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${base} (${n})`
      taken.add(name.toLowerCase())
      return [label, name]
    }),
  )
}

function safe(label: string): string {
  let name = label.replace(/[<>:"/\\|?*\p{Cc}]/gu, '_')
  while (Buffer.byteLength(name) > LONGEST_BYTES) name = [...name].slice(0, -1).join('')
  name = name.replace(/[. ]+$/, '').replace(/^\./, '_')
  return name === '' || RESERVED.test(name) ? `_${name}` : name
}
