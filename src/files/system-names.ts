/** What file managers, NAS and Windows put beside people's files; compared without case. */
const SYSTEM_NAMES = new Set([
  'thumbs.db',
  'ehthumbs.db',
  'desktop.ini',
  'icon\r',
  '$recycle.bin',
  'recycler',
  'recycled',
  'found.000',
  'system volume information',
  'lost+found',
  '__macosx',
  'network trash folder',
  'temporary items',
  // Synology.
  '@eadir',
  '@tmp',
  '#recycle',
  '#snapshot',
  // QNAP.
  '@recycle',
  '@recently-snapshot',
  '@transcode',
])

/** Whether a name is of something that no person put there: hidden ones, and those of systems. */
export const isSystemName = (name: string): boolean => name.startsWith('.') || SYSTEM_NAMES.has(name.toLowerCase())
