/** Browsers hash only where nobody reads along: over plain HTTP from another machine the server alone finds duplicates. */
export const canHash = (): boolean => globalThis.crypto?.subtle !== undefined

/** SHA-256 of a file's bytes, in hexadecimal; computed off the page's own thread. */
export async function hashOf(file: Blob): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()))
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
