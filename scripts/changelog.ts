const HEADING = /^## \[?Unreleased\]?[ \t]*\n/m
const NEXT_HEADING = /^(## |\[[^\]]+\]: )/m
const LINK = /^\[Unreleased\]: (?<compare>.*\/compare\/).*\n/m

/** What stands in a changelog under Unreleased; empty where nothing does, or where there is no such heading. */
export function readUnreleased(changelog: string): string {
  const heading = HEADING.exec(changelog)
  if (!heading) return ''
  const rest = changelog.slice(heading.index + heading[0].length)
  return rest.slice(0, NEXT_HEADING.exec(rest)?.index).trim()
}

type Release = { version: string; previous: string; date: string }

/** Puts a version's heading below Unreleased, as Keep a Changelog has it, and its link among the links where there are any. */
export function releaseChangelog(changelog: string, { version, previous, date }: Release): string {
  const headings = `## [Unreleased]\n\n## [${version}] - ${date}\n`
  return changelog
    .replace(HEADING, () => headings)
    .replace(
      LINK,
      (_line, compare: string) =>
        `[Unreleased]: ${compare}v${version}...HEAD\n[${version}]: ${compare}v${previous}...v${version}\n`,
    )
}
