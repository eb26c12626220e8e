import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Slip } from '../api/account.ts'

/** Slips made on one page and handed out on the next; they are kept nowhere, so that leaving the page or closing it loses them. */
export const useSlips = defineStore('slips', () => {
  const slips = shallowRef<readonly Slip[]>([])
  return { slips }
})
