/** Files that a drop or a clipboard holds, without its folders. */
export const filesOf = (given: DataTransfer | null): File[] => [...(given?.files ?? [])].filter(isFile)

/** A folder has no type and a size that means nothing; its pictures are added on a page of its own. */
const isFile = ({ type, size }: File): boolean => type !== '' || size > 0

/** Bytes of a `data:` address: the policy of the page lets nothing fetch it. */
export function blobOf(dataUrl: string): Blob {
  const [head = '', body = ''] = dataUrl.split(',')
  const type = /^data:([^;,]*)/.exec(head)?.[1] ?? ''
  return new Blob([Uint8Array.from(atob(body), (sign) => sign.charCodeAt(0))], { type })
}
