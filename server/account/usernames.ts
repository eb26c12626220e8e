import { username } from '../http/wire.ts'

/** What a name is spelled like: pinyin for Chinese, letters and digits otherwise. */
async function spelled(name: string): Promise<string> {
  const { pinyin } = await import('pinyin-pro')
  const text = pinyin(name, { toneType: 'none', type: 'array', v: true, surname: 'head' }).join('')
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
}

/** A username made of a name, `zhangsan`, under a number where it is taken. It is taken from then on. */
export async function usernameOf(name: string, taken: Set<string>): Promise<string> {
  const longest = 60
  const spelling = (await spelled(name)).slice(0, longest)
  const base = username.safeParse(spelling).success ? spelling : `user${spelling}`
  let free = base
  for (let number = 2; taken.has(free); number++) free = `${base}${number}`
  taken.add(free)
  return free
}
