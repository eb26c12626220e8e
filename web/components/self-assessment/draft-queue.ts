/** One entry as it stands in its inputs. */
export interface Typed {
  readonly marks: string
  readonly note: string
}

/** What became of an entry: on the server, on its way, refused in words, or different from what somebody else saved. */
export const entryStates = ['saved', 'waiting', 'refused', 'conflict'] as const
export type EntryState = (typeof entryStates)[number]

export interface Held {
  typed: Typed
  /** The version on the server that the typed text goes out from. */
  etag: string
  state: EntryState
  problem: unknown
  /** What the server has, when it differs. */
  theirs: Theirs | null
}

export interface Theirs extends Typed {
  readonly etag: string
  readonly by: string | null
  readonly at: string | null
}

/** How an attempt to save went. `later` keeps the entry and tries again. */
export type Outcome =
  | { readonly type: 'saved'; readonly etag: string }
  | { readonly type: 'later' }
  | { readonly type: 'refused'; readonly problem: unknown }
  | { readonly type: 'conflict'; readonly theirs: Theirs }

/** Entries not on the server yet, as they are kept in the browser. */
export type Kept = Readonly<Record<string, { readonly typed: Typed; readonly etag: string }>>

interface Means {
  /** Where entries are held; reactive in a page. */
  readonly entries: Map<string, Held>
  readonly save: (key: string, typed: Typed, etag: string) => Promise<Outcome>
  readonly keep: (kept: Kept) => void
  /** Runs something after milliseconds; gives how to stop it. */
  readonly after: (milliseconds: number, work: () => void) => () => void
  /** Told whenever something was saved. */
  readonly onSaved?: () => void
}

export interface DraftQueue {
  /** Takes what the server has; what is typed and not saved yet stays, and differs or waits. */
  readonly adopt: (
    key: string,
    server: Typed & { readonly etag: string; readonly by: string | null; readonly at: string | null },
  ) => void
  /** Restores what an earlier visit could not save. */
  readonly restore: (kept: Kept) => void
  readonly type: (key: string, typed: Typed) => void
  readonly choose: (key: string, side: 'mine' | 'theirs') => void
  /** Sends what waits, now; true when everything is on the server. */
  readonly flush: () => Promise<boolean>
  readonly stop: () => void
}

const pause = 600
const firstRetry = 4000
const longestRetry = 60_000

const isSame = (a: Typed, b: Typed): boolean => a.marks === b.marks && a.note.trim() === b.note.trim()

/**
 * Saves entries as they are typed, one after another: typing never waits for the network. Everything unsaved is kept in the browser at every
 * change, and sent again when the server can be reached.
 */
export function createDraftQueue({ entries, save, keep, after, onSaved }: Means): DraftQueue {
  let cancel: () => void = () => undefined
  let retry = firstRetry
  let sending: Promise<void> | null = null
  let stopped = false

  function keepUnsaved(): void {
    const unsaved = [...entries].filter(([, held]) => held.state !== 'saved')
    keep(Object.fromEntries(unsaved.map(([key, { typed, etag }]) => [key, { typed, etag }])))
  }

  function schedule(milliseconds: number): void {
    cancel()
    if (!stopped) cancel = after(milliseconds, () => void flush())
  }

  /** Sends one entry; false when the server is out of reach. */
  async function send(key: string, held: Held): Promise<boolean> {
    const { typed } = held
    const outcome = await save(key, typed, held.etag)
    const current = entries.get(key)
    if (!current) return true
    if (outcome.type === 'later') return false
    if (outcome.type === 'saved') {
      current.etag = outcome.etag
      current.problem = null
      current.state = isSame(current.typed, typed) ? 'saved' : 'waiting'
      onSaved?.()
    } else if (!isSame(current.typed, typed)) {
      // Changed while on its way: the new text decides.
      if (outcome.type === 'conflict') Object.assign(current, { state: 'conflict', theirs: outcome.theirs })
    } else if (outcome.type === 'refused') {
      Object.assign(current, { state: 'refused', problem: outcome.problem })
    } else if (isSame(outcome.theirs, typed)) {
      Object.assign(current, { state: 'saved', etag: outcome.theirs.etag, problem: null })
    } else {
      Object.assign(current, { state: 'conflict', theirs: outcome.theirs })
    }
    keepUnsaved()
    return true
  }

  async function sendAll(): Promise<void> {
    for (;;) {
      const next = [...entries].find(([, { state }]) => state === 'waiting')
      if (!next || stopped) return
      if (!(await send(...next))) {
        schedule(retry)
        retry = Math.min(retry * 2, longestRetry)
        return
      }
      retry = firstRetry
    }
  }

  async function flush(): Promise<boolean> {
    cancel()
    sending ??= sendAll().finally(() => (sending = null))
    await sending
    return [...entries.values()].every(({ state }) => state === 'saved')
  }

  function adopt(key: string, server: Theirs): void {
    const { etag, marks, note } = server
    const held = entries.get(key)
    if (!held || held.state === 'saved' || isSame(held.typed, server)) {
      entries.set(key, { typed: { marks, note }, etag, state: 'saved', problem: null, theirs: null })
    } else if (held.etag === etag) {
      if (held.state === 'waiting') schedule(pause)
    } else {
      Object.assign(held, { state: 'conflict', theirs: server })
    }
    keepUnsaved()
  }

  return {
    adopt,
    restore: (kept) => {
      for (const [key, { typed, etag }] of Object.entries(kept))
        entries.set(key, { typed, etag, state: 'waiting', problem: null, theirs: null })
    },
    type: (key, typed) => {
      const held = entries.get(key)
      if (!held || isSame(held.typed, typed)) {
        if (held) held.typed = typed
        return
      }
      held.typed = typed
      if (held.state !== 'conflict') Object.assign(held, { state: 'waiting', problem: null })
      keepUnsaved()
      schedule(pause)
    },
    choose: (key, side) => {
      const held = entries.get(key)
      if (!held?.theirs) return
      const { etag, marks, note } = held.theirs
      held.etag = etag
      if (side === 'theirs') held.typed = { marks, note }
      Object.assign(held, { state: side === 'theirs' ? 'saved' : 'waiting', theirs: null, problem: null })
      keepUnsaved()
      schedule(0)
    },
    flush,
    stop: () => {
      stopped = true
      cancel()
    },
  }
}
