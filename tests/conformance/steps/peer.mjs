/* dcmjs-dimse as a scanner (mpps, commit) and as a peer that is told (listen). Every line it prints is JSON, of what its own
 * library read.   peer.mjs mpps PORT UID DATASETS…   peer.mjs commit PORT DATASET   peer.mjs listen PORT COUNT */
import dimse from "dcmjs-dimse";

const { Client, Dataset, Scp, Server } = dimse;
const { NCreateRequest, NSetRequest, NGetRequest, NActionRequest } = dimse.requests;
const { NCreateResponse, NSetResponse, NEventReportResponse } = dimse.responses;
const { Status, PresentationContextResult, TransferSyntax } = dimse.constants;
const MPPS = "1.2.840.10008.3.1.2.3.3";
const COMMITMENT = "1.2.840.10008.1.20.1";

const say = (what) => console.log(JSON.stringify(what));

function send(port, ...requests) {
  return new Promise((resolve, reject) => {
    const client = new Client();
    for (const request of requests) {
      request.on("response", (response) =>
        say({ status: response.getStatus(), dataset: response.getDataset()?.getElements() ?? null }),
      );
      client.addRequest(request);
    }
    client.on("networkError", reject);
    client.on("associationRejected", () => reject(new Error("rejected")));
    client.on("closed", resolve);
    client.send("127.0.0.1", port, "CT1", "ISOCENTRE");
  });
}

function withDataset(request, elements) {
  request.setDataset(new Dataset(elements));
  return request;
}

class Told extends Scp {
  associationRequested(association) {
    for (const { id } of association.getPresentationContexts()) {
      const proposed = association.getPresentationContext(id);
      const explicit = proposed
        .getTransferSyntaxUids()
        .find((t) => t === TransferSyntax.ExplicitVRLittleEndian || t === TransferSyntax.ImplicitVRLittleEndian);
      proposed.setResult(
        explicit ? PresentationContextResult.Accept : PresentationContextResult.RejectTransferSyntaxesNotSupported,
        explicit,
      );
    }
    this.sendAssociationAccept();
  }
  tell(kind, request, Response, callback) {
    say({
      kind,
      sopClass: request.getAffectedSopClassUid?.() ?? request.getRequestedSopClassUid?.(),
      event: request.getEventTypeId?.() ?? null,
      dataset: request.getDataset().getElements(),
    });
    const response = Response.fromRequest(request);
    response.setStatus(Status.Success);
    callback(response);
    Told.left -= 1;
    if (!Told.left) setTimeout(() => process.exit(0), 200);
  }
  nCreateRequest(request, callback) {
    this.tell("N-CREATE", request, NCreateResponse, callback);
  }
  nSetRequest(request, callback) {
    this.tell("N-SET", request, NSetResponse, callback);
  }
  nEventReportRequest(request, callback) {
    this.tell("N-EVENT-REPORT", request, NEventReportResponse, callback);
  }
  associationReleaseRequested() {
    this.sendAssociationReleaseResponse();
  }
}

const verbs = {
  async mpps(port, uid, begun, ended) {
    await send(
      port,
      withDataset(new NCreateRequest(MPPS, uid), JSON.parse(begun)),
      withDataset(new NSetRequest(MPPS, uid), JSON.parse(ended)),
    );
    const read = new NGetRequest("1.2.840.10008.3.1.2.3.4", uid);
    await send(port, read);
  },
  async commit(port, dataset) {
    const request = new NActionRequest(COMMITMENT, "1.2.840.10008.1.20.1.1", 1);
    await send(port, withDataset(request, JSON.parse(dataset)));
  },
  async listen(port, count) {
    Told.left = Number(count);
    const server = new Server(Told);
    server.on("networkError", (e) => say({ error: String(e) }));
    server.listen(port);
    say({ listening: port });
  },
};

const [verb, port, ...rest] = process.argv.slice(2);
dimse.log?.setLevel?.("silent");
await verbs[verb](Number(port), ...rest);
