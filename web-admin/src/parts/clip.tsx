/* Text of any length in a table cell: cut off with an ellipsis, whole under the pointer and in the detail. */
export function Clip({ text }: { text: string | null }) {
  if (!text) return null;
  return (
    <span className="clip" title={text}>
      {text}
    </span>
  );
}
