import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/* Where `npm run dev` finds a running server; the build does not use it. */
const server = "http://127.0.0.1:8042";

export default defineConfig({
  base: "/ui/",
  plugins: [react()],
  server: { proxy: { "/admin": server, "/fhir": server } },
  build: {
    target: "es2020",
    /* Under the strict policy nothing may be inlined as a style or script; small images would become data: URLs. */
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
