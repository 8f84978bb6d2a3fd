/** Colours of a chart, readable on light and on dark around it. */
export const COLORS = {
  background: '#1e1f22',
  text: '#dbdee1',
  faint: '#4e5058',
  quiet: '#949ba4',
  line: '#5865f2',
  good: '#57f287',
  /** From nothing to everything. */
  scale: ['#2b2d31', '#3c45a5', '#8ea1ff'],
  onScale: '#ffffff',
}
