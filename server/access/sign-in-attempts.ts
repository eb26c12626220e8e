import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { Problem } from '../http/problem.ts'
import type { ProblemCode } from '../http/problems/texts.ts'

const MINUTE = 60_000
/** Failed sign-ins within 15 minutes: of one name from one address, and from one address under any names. */
const window = 15 * 60
const perNameAndAddress = 5
const perAddress = 100

/** Failed attempts by key. One under way counts as failed until it ends, and those beyond the limit wait for it instead of being refused. */
function failures(points: number, refusal: ProblemCode) {
  const limiter = new RateLimiterMemory({ points, duration: window })
  const underWay = new Map<string, number>()
  /** Who waits for an attempt to end; one at a time, the others stand in line behind. */
  const first = new Map<string, () => void>()
  const lines = new Map<string, Promise<unknown>>()

  function ended(key: string): void {
    const others = (underWay.get(key) ?? 0) - 1
    if (others > 0) underWay.set(key, others)
    else underWay.delete(key)
    first.get(key)?.()
    first.delete(key)
  }

  async function admit(key: string): Promise<void> {
    for (;;) {
      try {
        await limiter.consume(key)
        underWay.set(key, (underWay.get(key) ?? 0) + 1)
        return
      } catch (reason) {
        await limiter.reward(key)
        if (!(reason instanceof RateLimiterRes)) throw reason
        if (underWay.has(key)) await new Promise<void>((resolve) => first.set(key, resolve))
        else if (((await limiter.get(key))?.consumedPoints ?? 0) >= points)
          throw tooMany(refusal, reason.msBeforeNext)
      }
    }
  }

  return {
    /** Throws the refusal once as many as are allowed have failed. */
    begin(key: string): Promise<void> {
      const turn = (lines.get(key) ?? Promise.resolve()).then(() => admit(key))
      const over = turn
        .catch(() => undefined)
        .then(() => {
          if (lines.get(key) === over) lines.delete(key)
        })
      lines.set(key, over)
      return turn
    },
    /** The attempt failed, and counts. */
    fail: ended,
    /** The attempt counts for nothing, as it succeeded or was never made. */
    async takeBack(key: string): Promise<void> {
      await limiter.reward(key)
      ended(key)
    },
    /** Nothing that failed so far counts any more. */
    async forget(key: string): Promise<void> {
      await limiter.delete(key)
      ended(key)
    },
  }
}

const tooMany = (code: ProblemCode, milliseconds: number): Problem =>
  new Problem(code, {
    params: { minutes: Math.max(1, Math.ceil(milliseconds / MINUTE)) },
    headers: { 'retry-after': String(Math.max(1, Math.ceil(milliseconds / 1000))) },
  })

/** What came of an attempt: in, out, or a right password that alone is not enough, which neither counts nor clears what failed. */
export type Verdict = 'right' | 'wrong' | 'unfinished'

export interface SignInAttempts {
  /**
   * Makes an attempt under a name from an address. `credential` tells the password apart: what failed against an earlier one says nothing about this.
   * Throws `locked` and `too-many-sign-ins`.
   */
  readonly attempt: <Result extends { readonly verdict: Verdict }>(
    from: { readonly address: string; readonly username: string; readonly credential: string },
    work: () => Promise<Result>,
  ) => Promise<Result>
}

/**
 * Counts failed sign-ins of this process. Whoever fails is kept out of a name only at their own address, so that nobody else can keep its owner out;
 * what succeeds counts for nothing.
 */
export function createSignInAttempts(): SignInAttempts {
  const byName = failures(perNameAndAddress, 'locked')
  const byAddress = failures(perAddress, 'too-many-sign-ins')
  const settle: Record<Verdict, (name: string, address: string) => unknown> = {
    right: (name, address) => Promise.all([byName.forget(name), byAddress.takeBack(address)]),
    unfinished: (name, address) => Promise.all([byName.takeBack(name), byAddress.takeBack(address)]),
    wrong: (name, address) => {
      byName.fail(name)
      byAddress.fail(address)
    },
  }
  return {
    async attempt({ address, username, credential }, work) {
      const name = JSON.stringify([address, username, credential])
      await byAddress.begin(address)
      try {
        await byName.begin(name)
      } catch (reason) {
        await byAddress.takeBack(address)
        throw reason
      }
      try {
        const result = await work()
        await settle[result.verdict](name, address)
        return result
      } catch (reason) {
        await settle.unfinished(name, address)
        throw reason
      }
    },
  }
}
