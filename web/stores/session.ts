import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { answer, api, ApiProblem, type Answer } from '../api/client.ts'

export type Session = Answer<typeof api.auth.session.$get>
export type Permission = Session['permissions'][number]

/** Who is signed in and what they may do; the server decides, this only spares people dead ends. */
export const useSession = defineStore('session', () => {
  const session = ref<Session | null>(null)
  const known = ref(false)
  const account = computed(() => session.value?.account ?? null)
  const city = computed(() => session.value?.city ?? '')
  /** Unit editors and heads see their own unit only. */
  const ownUnitOnly = computed(() => account.value?.role === 'editor' || account.value?.role === 'head')

  /** Asks the server; null when nobody is signed in. Throws ApiProblem when it cannot be reached. */
  async function load(): Promise<Session | null> {
    try {
      session.value = await answer(api.auth.session.$get())
    } catch (reason) {
      if (!(reason instanceof ApiProblem) || reason.status !== 401) throw reason
      session.value = null
    }
    known.value = true
    return session.value
  }

  /** Throws ApiProblem with code and words when the name or password is wrong, the account is locked, or a code is asked for (`second-factor`). */
  async function signIn(username: string, password: string, otp?: string): Promise<void> {
    const json = { username, password, ...(otp === undefined ? {} : { otp }) }
    await answer(api.auth['sign-in'].$post({ json }))
    await load()
  }

  async function signOut(): Promise<void> {
    await answer(api.auth['sign-out'].$post())
    session.value = null
  }

  const can = (permission: Permission): boolean => session.value?.permissions.includes(permission) ?? false

  /** Whether the server would show this person a unit's scorecard. */
  const opensUnit = (unitId: string): boolean =>
    can('scorecard.read') && (!ownUnitOnly.value || account.value?.unit?.id === unitId)

  return { session, known, account, city, ownUnitOnly, load, signIn, signOut, can, opensUnit }
})
