import { Component, type ReactNode } from "react";
import { Notice } from "./notice";

interface Props {
  children: ReactNode;
}

/* Keeps a fault in one part of the page from blanking the whole of it, for instance an answer of another version. */
export class Fault extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <Notice tone="bad" title="This part of the page failed">
        The server's answer was not as expected. Reload the page; if this stays, the page and the server may be of
        different versions.
      </Notice>
    );
  }
}
