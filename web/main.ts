import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { guard } from './guard.ts'
import { i18n, language, setLanguage } from './i18n.ts'
import { router } from './router.ts'
import './styles/tokens.css'
import './styles/base.css'
import './styles/print.css'

setLanguage(language())
guard(router)
createApp(App).use(createPinia()).use(i18n).use(router).mount('#app')
