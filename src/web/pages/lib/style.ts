const loaded = new Set<string>()

/**
 * Adds the style of a page that is loaded when it is first shown: `await loadStyle(new URL('./try.css', import.meta.url).href)` at
 * the top of its module, so that nothing is drawn without it.
 */
export function loadStyle(href: string): Promise<void> {
  if (loaded.has(href)) return Promise.resolve()
  loaded.add(href)
  return new Promise((resolve) => {
    const link = document.createElement('link')
    link.rel = 'stylesheet'
    link.href = href
    // Without its style a page still works.
    link.onload = link.onerror = () => resolve()
    document.head.append(link)
  })
}
