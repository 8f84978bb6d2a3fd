import type { Samples } from './sample.ts'

export const movingSamples: Samples<'migrated'> = {
  migrated: [
    {
      values: {
        engine: 'postgres',
        from: '/data on one',
        to: 'postgres://db/zoo',
        rows: 1234,
        bytes: 4_200_000,
        kept: null,
        missing: ['one@1'],
      },
      says: ['/data on one', 'postgres://db/zoo', '1,234', '4.2 MB', 'DATABASE_URL', 'one@1'],
    },
    {
      values: {
        engine: 'sqlite',
        from: 'postgres://db/zoo',
        to: '/data on one',
        rows: 1,
        bytes: 4_300_000,
        kept: '/data/old.sqlite',
        missing: [],
      },
      says: ['/data/old.sqlite', '14'],
    },
  ],
}
