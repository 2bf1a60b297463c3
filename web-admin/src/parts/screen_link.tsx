import { createContext, useContext, type ReactNode } from "react";
import { href } from "../data/route";

/* The paths of the screens this user is offered. A link to another would end on the first screen, so it is left out. */
export const Offered = createContext<string[]>([]);

export const useOffered = (screen: string): boolean => useContext(Offered).includes(screen);

interface Props {
  screen: string;
  id: string;
  className: string;
  children: ReactNode;
}

/* A link to a row of another screen, or the bare text where that screen is not offered. */
export function ScreenLink({ screen, id, className, children }: Props) {
  if (!useOffered(screen)) return <span className={className}>{children}</span>;
  return (
    <a className={className} href={href(screen, id)}>
      {children}
    </a>
  );
}

export interface Way {
  screen: string;
  params: Record<string, string | null>;
  text: string;
}

/* The ways on from a detail; one whose value is missing is left out, and null means none is left. */
export function useSeeAlso(ways: Way[]): ReactNode {
  const offered = useContext(Offered);
  const open = ways.filter((way) => offered.includes(way.screen) && Object.values(way.params).every(Boolean));
  if (open.length === 0) return null;
  return (
    <span className="links">
      {open.map((way) => (
        <a key={way.text} href={href(way.screen, "", way.params as Record<string, string>)}>
          {way.text}
        </a>
      ))}
    </span>
  );
}
