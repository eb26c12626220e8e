import { createApp } from 'vue'
import { i18n, language, setLanguage } from '../i18n.ts'
import '../styles/tokens.css'
import '../styles/base.css'
import '../styles/print.css'
import ProofPage from './ProofPage.vue'

setLanguage(language())
createApp(ProofPage, { text: document.getElementById('proof')?.textContent ?? '' })
  .use(i18n)
  .mount('#app')
