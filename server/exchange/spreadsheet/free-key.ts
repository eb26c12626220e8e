/** A key that no other of the list has: the name, as long as that is free. */
export function freeKey(name: string, taken: ReadonlySet<string>): string {
  let key = name
  for (let count = 2; taken.has(key); count++) key = `${name}#${count}`
  return key
}
