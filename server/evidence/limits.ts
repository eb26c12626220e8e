const MEGABYTE = 1024 * 1024

/** What evidence may ask of us; beyond it, it is refused with a reason. */
export const evidenceLimits = {
  fileBytes: 50 * MEGABYTE,
  /** Of a unit together, when no setting says otherwise. */
  unitBytes: 1024 * MEGABYTE,
  /** What multipart adds to a file: fields, headers, boundaries. */
  aroundFile: 64 * 1024,
  /** Beside the file, and the bytes of each. */
  fields: 19,
  fieldBytes: 4096,
  zip: {
    entries: 2_000,
    /** Unpacked, of all entries together, as declared and as it really comes out. */
    unpackedBytes: 500 * MEGABYTE,
    /** Unpacked bytes per packed byte, of the whole archive and of each entry above `smallEntry`. */
    ratio: 100,
    smallEntry: MEGABYTE,
    /** An archive in the archive is looked into; one in that is refused. */
    nestedDepth: 1,
  },
  /** How long staged evidence waits for its fact, in milliseconds. */
  stagedFor: 24 * 3_600_000,
} as const

export const megabytes = (bytes: number): string => `${Math.floor(bytes / MEGABYTE)} MB`
