/** A text of answers without its marks, where nothing can be bold. */
export const plainText = (text: string): string =>
  text
    .replace(/\[((?:\\.|[^\\\]])+)\]\((?:page|person|role|channel):[\w-]+\)/g, '$1')
    .replace(/\*\*|`/g, '')
    .replace(/\\([\\`*_{}[\]()#+\-.!~|<>:@&/])/g, '$1')
