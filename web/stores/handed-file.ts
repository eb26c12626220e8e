import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

/** A workbook chosen on one page and checked on the next. */
export const useHandedFile = defineStore('handed-file', () => {
  const file = shallowRef<File | null>(null)

  /** The file, once. */
  function take(): File | null {
    const taken = file.value
    file.value = null
    return taken
  }
  return { file, take }
})
