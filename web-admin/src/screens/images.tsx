import { useState } from "react";
import { findImagingStudy } from "../data/api";
import { go, href } from "../data/route";
import { useOffered } from "../parts/screen_link";

const LABELS = {
  unasked: "Images",
  asking: "Looking…",
  none: "No images yet",
  failed: "Not known, try again",
};

/* The way from a step to its images. The worklist does not tell whether any has arrived, and asking for each row would
 * fill the audit trail, so the study is looked up when somebody wants to see it. */
export function Images({ uid, accession }: { uid: string; accession: string | null }) {
  const [state, setState] = useState<keyof typeof LABELS>("unasked");
  const offered = useOffered("studies");
  const look = () => {
    setState("asking");
    findImagingStudy(uid).then(
      (study) => {
        if ((study?.numberOfInstances ?? 0) > 0) go(href("studies", uid));
        else setState("none");
      },
      () => setState("failed"),
    );
  };
  if (!offered) return null;
  return (
    <button
      type="button"
      className="link-button"
      data-state={state}
      title={state === "none" ? "Look again" : uid}
      disabled={state === "asking"}
      onClick={look}
    >
      <span aria-live="polite">{LABELS[state]}</span>
      <span className="sr"> of accession {accession}</span>
    </button>
  );
}
