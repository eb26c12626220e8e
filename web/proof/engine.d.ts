/** Which engine the page computes with, put in by the build. */
declare const ENGINE_ABOUT: { readonly version: string; readonly hash: string }
