/** Something typed, kept in this browser. A full or broken store keeps the page usable: what is typed stays on screen. */
export function keptValue<T>(key: string) {
  const name = `zhengheng.${key}`
  return {
    /** Null when there is none, or what is kept cannot be read any more. */
    read(): T | null {
      try {
        return JSON.parse(localStorage.getItem(name) ?? 'null') as T | null
      } catch {
        return null
      }
    },
    keep(value: T): void {
      try {
        localStorage.setItem(name, JSON.stringify(value))
      } catch {
        // Nothing to do: it is on screen.
      }
    },
    forget: (): void => localStorage.removeItem(name),
  }
}
