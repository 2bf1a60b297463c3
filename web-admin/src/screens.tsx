/* The screens, in the order of the navigation.
 * TO ADD A SCREEN: 1 a row here  2 a component in its own file under screens/  3 its step in tests/web/story.mjs
 * A screen is offered to a user who holds one of its permissions; the server decides all the same. */
import type { ComponentType } from "react";
import type { Route } from "./data/route";
import { AuditScreen } from "./screens/audit";
import { MessagesScreen } from "./screens/messages";
import { ReportsScreen } from "./screens/reports";
import { StudiesScreen } from "./screens/studies";
import { WorklistScreen } from "./screens/worklist";

export interface Screen {
  path: string;
  title: string;
  permissions: string[];
  component: ComponentType<{ route: Route }>;
}

export const SCREENS: Screen[] = [
  { path: "worklist", title: "Worklist", permissions: ["WORKLIST_READ"], component: WorklistScreen },
  { path: "studies", title: "Studies", permissions: ["IMAGE_READ", "FHIR_READ"], component: StudiesScreen },
  { path: "reports", title: "Reports", permissions: ["FHIR_READ"], component: ReportsScreen },
  { path: "messages", title: "HL7 messages", permissions: ["MESSAGE_READ"], component: MessagesScreen },
  { path: "audit", title: "Audit", permissions: ["AUDIT_READ"], component: AuditScreen },
];

export function screensFor(permissions: string[]): Screen[] {
  const held = new Set(permissions.map((name) => name.toUpperCase().replace(/[-.]/g, "_")));
  const offered = SCREENS.filter((screen) => screen.permissions.some((name) => held.has(name)));
  return offered.length > 0 ? offered : SCREENS;
}
