/** What a drop or a clipboard holds: its files, and whether there are folders besides. */
export function filesOf(given: DataTransfer | null): { files: File[]; hasFolders: boolean } {
  const items = [...(given?.items ?? [])].filter(({ kind }) => kind === 'file')
  const folders = items.filter((item) => item.webkitGetAsEntry()?.isDirectory)
  const files = items.filter((item) => !folders.includes(item)).flatMap((item) => item.getAsFile() ?? [])
  return { files, hasFolders: folders.length > 0 }
}

/** Bytes of a `data:` address: the policy of the page lets nothing fetch it. */
export function blobOf(dataUrl: string): Blob {
  const [head = '', body = ''] = dataUrl.split(',')
  const type = /^data:([^;,]*)/.exec(head)?.[1] ?? ''
  return new Blob([Uint8Array.from(atob(body), (sign) => sign.charCodeAt(0))], { type })
}
