import { MantineProvider } from "@mantine/core";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app";
import { SessionProvider } from "./data/session";
import "./styles/library";
import "./styles/theme.css";
import "./styles/layout.css";
import "./styles/parts.css";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");

/* The library would write its variables into <style> elements, which the content security policy forbids; they come
 * from the style sheets instead (styles/library.ts, styles/theme.css). */
createRoot(root).render(
  <StrictMode>
    <MantineProvider withCssVariables={false} withGlobalClasses={false} defaultColorScheme="auto">
      <SessionProvider>
        <App />
      </SessionProvider>
    </MantineProvider>
  </StrictMode>,
);
