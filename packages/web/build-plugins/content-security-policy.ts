import type { Plugin } from "vite";

/**
 * What the built page may do: run its own scripts and workers, compile kernels, ask its own server, show pictures that it made. No code from text, no
 * other host, no form, no frame but its own. Styles may stand in elements, because reports and figures carry theirs with them.
 */
export const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "manifest-src 'self'",
  "frame-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** Puts the policy into the built pages. The development server needs scripts in the page itself and has none. */
export function contentSecurityPolicy(): Plugin {
  return {
    name: "sigma-content-security-policy",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: () => [
        { tag: "meta", attrs: { "http-equiv": "Content-Security-Policy", content: policy }, injectTo: "head-prepend" },
      ],
    },
  };
}
