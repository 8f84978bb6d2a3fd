// What this browser remembers. A browser that forbids it forgets.

const PREFIX = 'mekiki.'

export function remembered(key: string): string | undefined {
  try {
    return localStorage.getItem(PREFIX + key) ?? undefined
  } catch {
    return undefined
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + key, value)
  } catch {
    // It works without, too.
  }
}
