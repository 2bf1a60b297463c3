/* The screens, in the order of the navigation.
 * TO ADD A SCREEN: 1 a row here  2 a component in its own file under screens/  3 its step in tests/web/story.mjs
 * A screen is offered to a user who holds its permission, the one the server asks for where it answers the screen's
 * list (server/admin/routes.def, hl7/explain/routes.def); the server decides all the same. */
import type { ComponentType } from "react";
import type { Route } from "./data/route";
import { AuditScreen } from "./screens/audit";
import { DestinationsScreen } from "./screens/destinations";
import { DryRunScreen } from "./screens/dry_run";
import { MessagesScreen } from "./screens/messages";
import { ReportsScreen } from "./screens/reports";
import { StudiesScreen } from "./screens/studies";
import { WorklistScreen } from "./screens/worklist";

export interface Screen {
  path: string;
  title: string;
  permission: string;
  component: ComponentType<{ route: Route }>;
}

export const SCREENS: Screen[] = [
  { path: "worklist", title: "Worklist", permission: "WORKLIST_READ", component: WorklistScreen },
  { path: "studies", title: "Studies", permission: "FHIR_READ", component: StudiesScreen },
  { path: "reports", title: "Reports", permission: "FHIR_READ", component: ReportsScreen },
  { path: "messages", title: "HL7 messages", permission: "MESSAGE_READ", component: MessagesScreen },
  { path: "destinations", title: "Destinations", permission: "MESSAGE_READ", component: DestinationsScreen },
  { path: "dry-run", title: "Try a message", permission: "MESSAGE_MANAGE", component: DryRunScreen },
  { path: "audit", title: "Audit", permission: "AUDIT_READ", component: AuditScreen },
];

export function screensFor(permissions: string[]): Screen[] {
  return SCREENS.filter((screen) => permissions.includes(screen.permission));
}
