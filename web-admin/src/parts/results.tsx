import { Table } from "@mantine/core";
import { readObservation } from "../data/api";
import { conceptText, idOf, observationValue, type Observation, type Reference } from "../data/fhir";
import { useLive } from "../data/live";
import { Problem } from "./notice";
import { Waiting } from "./table";

/* More than a screen can use would only fill the audit trail: each one is a read of its own. */
const MOST = 25;

/* The observations a report refers to, one row each. */
export function Results({ references }: { references: Reference[] }) {
  const ids = references.map((one) => idOf(one.reference)).filter(Boolean);
  const shown = ids.slice(0, MOST);
  const live = useLive<Observation[]>(
    `results ${shown.join(" ")}`,
    (signal) => Promise.all(shown.map((id) => readObservation(id, signal))),
    0,
  );
  return (
    <>
      <h3 className="part">Results</h3>
      <Problem problem={live.problem} />
      {live.loading && !live.data && <Waiting />}
      {live.data && (
        <Table className="data">
          <caption className="sr">Results</caption>
          <Table.Tbody>
            {live.data.map((one, index) => (
              <Table.Tr key={one.id ?? index}>
                <Table.Th scope="row">{conceptText(one.code)}</Table.Th>
                <Table.Td className="wide prose">{observationValue(one)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {ids.length > MOST && <p className="faint">{ids.length - MOST} more results are not shown.</p>}
    </>
  );
}
